it('is formatted by prettier, which Jest calls by synckit', () => {
  expect({ list: [1, 2], text: 'a' }).toMatchInlineSnapshot()
})
