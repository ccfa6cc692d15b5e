import { expect, test } from '../fixtures.ts'

test('a click right after typing counts, whatever comes from the server in that moment', async ({
  enter,
}) => {
  const brazil = await enter('Brazil')
  await enter('Canada')
  const places = ['Resolution 130', 'Resolution 174', 'Resolution 179', 'Resolution 181']
  for (const [i, place] of places.entries()) {
    await brazil.caretAfter('2014')
    await brazil.type('7')
    await brazil.caretAfter(place)
    await brazil.type(`A${i}`)
    await brazil.caretAfter('on cybersecurity;')
    await brazil.press('Enter')
    await brazil.type(`new ${i};`)
  }
  const lines = await brazil.lines()
  expect(lines[0]).toBe('RESOLUTION 45 (Rev. Dubai, 20147777)')
  for (const [i, place] of places.entries()) {
    expect(lines.filter((line) => line.includes(`${place}A${i}`))).toHaveLength(1)
    expect(lines.filter((line) => line.endsWith(`new ${i};`))).toHaveLength(1)
  }
})
