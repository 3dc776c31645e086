/** A Babel plugin: formats the CSS in templates tagged `css`. Babel has no time to await when `transformSync` is called. */
const { createSyncFn } = require('@ambisync/synckit')

const format = createSyncFn(require.resolve('./format-worker.mjs'))

module.exports = ({ types }) => ({
  visitor: {
    TaggedTemplateExpression({ node }, { filename }) {
      const { tag, quasi } = node
      if (!types.isIdentifier(tag, { name: 'css' }) || quasi.expressions.length > 0) return
      const text = format(quasi.quasis[0].value.cooked, { filepath: `${filename}.css` })
      const raw = text.replaceAll(/[\\`]|\$\{/g, '\\$&')
      quasi.quasis[0] = types.templateElement({ raw, cooked: text }, true)
    },
  },
})
