/** Files that prettier cannot read, each in another language: its errors say where, and show the place. */
export const brokenCode: Readonly<Record<string, string>> = {
  'block.js': 'export function half() {\n  return [1, 2\n}\n',
  'type.ts': 'interface Half {\n  a: string,,\n}\nconst x: = 1\n',
  'element.jsx': 'export const half = <div><span></div>\n',
  'page.vue': '<template>\n  <div>\n</template>\n',
  'page.html': '<main>\n  <p>text</q>\n</main>\n',
  'style.css': 'main {\n  color: red;\n',
  'style.scss': '.a {\n  @include b(\n}\n',
  'style.less': '.a {\n  .b(;\n',
  'data.json': '{\n  "a": [1, 2,,\n}\n',
  'data.yaml': 'a: [1, 2\nb: "c\n',
  'query.graphql': 'query {\n  a(b: ) { c }\n',
  'template.hbs': '<div>\n  <p>\n</div>\n',
}
