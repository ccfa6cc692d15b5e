"""libreoffice.py OUT MODE:FORMAT,... FILE...

Starts LibreOffice once and saves every file in every mode (accept, reject: all tracked changes
settled; none: as it is) and format (txt, docx, pdf) as OUT/NAME.MODE.FORMAT. Must be run by the
python that has the module uno, on Debian the package python3-uno.
"""
import os
import shutil
import subprocess
import sys
import tempfile
import time

import uno
from com.sun.star.beans import PropertyValue

FILTERS = {
    'txt': (('FilterName', 'Text (encoded)'), ('FilterOptions', 'UTF8,LF')),
    'docx': (('FilterName', 'MS Word 2007 XML'),),
    'pdf': (('FilterName', 'writer_pdf_Export'),),
}
COMMANDS = {'accept': '.uno:AcceptAllTrackedChanges', 'reject': '.uno:RejectAllTrackedChanges'}


def properties(*pairs):
    return tuple(PropertyValue(Name=name, Value=value) for name, value in pairs)


def connected(resolver, pipe):
    address = 'uno:pipe,name=%s;urp;StarOffice.ComponentContext' % pipe
    for _ in range(1200):
        try:
            return resolver.resolve(address)
        except Exception:
            time.sleep(0.05)
    sys.exit('LibreOffice did not start within a minute')


out, jobs, *files = sys.argv[1:]
profile = tempfile.mkdtemp(prefix='revmark-libreoffice-')
pipe = 'revmark_%d' % os.getpid()
process = subprocess.Popen(
    [
        'soffice', '--headless', '--invisible', '--norestore', '--nologo', '--nodefault',
        '-env:UserInstallation=file://' + profile, '--accept=pipe,name=%s;urp;' % pipe,
    ],
    stdout=subprocess.DEVNULL,
    stderr=subprocess.DEVNULL,
)
desktop = None
try:
    local = uno.getComponentContext()
    unoResolver = 'com.sun.star.bridge.UnoUrlResolver'
    context = connected(local.ServiceManager.createInstanceWithContext(unoResolver, local), pipe)
    services = context.ServiceManager
    desktop = services.createInstanceWithContext('com.sun.star.frame.Desktop', context)
    dispatcher = services.createInstanceWithContext('com.sun.star.frame.DispatchHelper', context)
    for path in files:
        name = os.path.basename(path).rsplit('.', 1)[0]
        for job in jobs.split(','):
            mode, form = job.split(':')
            hidden = properties(('Hidden', True))
            url = 'file://' + os.path.abspath(path)
            document = desktop.loadComponentFromURL(url, '_blank', 0, hidden)
            if document is None:
                sys.exit('LibreOffice could not open ' + path)
            if mode in COMMANDS:
                frame = document.getCurrentController().getFrame()
                dispatcher.executeDispatch(frame, COMMANDS[mode], '', 0, ())
            target = os.path.join(os.path.abspath(out), '%s.%s.%s' % (name, mode, form))
            document.storeToURL('file://' + target, properties(*FILTERS[form]))
            document.close(True)
    try:
        desktop.terminate()
    except Exception:
        pass
    process.wait(timeout=20)
finally:
    process.kill()
    shutil.rmtree(profile, ignore_errors=True)
