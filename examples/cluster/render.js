/** The task: Markdown to HTML. Its highlighter is asynchronous, so `unified` has no synchronous way: `processSync` throws. */
import sourceCss from '@wooorm/starry-night/source.css'
import sourceJs from '@wooorm/starry-night/source.js'
import rehypeStarryNight from 'rehype-starry-night'
import rehypeStringify from 'rehype-stringify'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

const processor = unified()
  .use(remarkParse)
  .use(remarkRehype)
  .use(rehypeStarryNight, { grammars: [sourceCss, sourceJs] })
  .use(rehypeStringify)

export async function render(markdown) {
  return String(await processor.process(markdown))
}
