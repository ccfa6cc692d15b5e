import { expect, test } from '../fixtures.ts'
import { DraftPage } from '../pages.ts'

test('words that the server refused are kept to be copied, and the draft goes on', async ({
  server,
  visit,
  enter,
}) => {
  const chair = await enter('Chair')
  const page = await visit(server.link('Brazil'), /WebSocket/)
  // Something on the way damages one letter: the gate must not take what is no letter.
  await page.routeWebSocket(/\/socket\//, (socket) => {
    const line = socket.connectToServer()
    socket.onMessage((message) => {
      const bytes = Buffer.from(message)
      const at = bytes.indexOf('§')
      // In the place of its two bytes, half of a character.
      if (at >= 0) bytes.set([0xc2, 0x20], at)
      line.send(bytes)
    })
  })
  const brazil = await DraftPage.open(page)
  await brazil.caretAfter('Resolution 130')
  await brazil.type(' kept')
  await brazil.saved()
  await page.keyboard.insertText(' damaged § words')
  await expect(page.getByText('Your last change was not accepted.')).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Your words' })).toHaveValue(' damaged § words')
  await expect(brazil.sheet).not.toContainText('damaged')
  await expect(brazil.sheet).toContainText('Resolution 130 kept')

  // The person goes on; everybody has what was good, nobody what was bad.
  await brazil.caretAfter('Resolution 174')
  await brazil.type(' again')
  await brazil.saved()
  await expect(chair.sheet).toContainText('Resolution 174 again')
  await expect(chair.sheet).not.toContainText('damaged')
})
