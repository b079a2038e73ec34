import { expect, test } from 'vitest'
import { markdownToPage } from './markdown-to-page.ts'
import { bodyToHtml, pageToHtml } from './page-to-html.ts'

const text = (value: string, attrs?: Record<string, unknown>) => ({
  type: 'paragraph',
  content: [{ type: 'text', text: value, ...(attrs !== undefined && { marks: [{ type: 'link', attrs }] }) }],
})

test('every block of a page has its element', () => {
  const { body, title } = markdownToPage(
    '# T\n\n## K\n\n3. a\n\n- [x] b\n\n> **c**\\\n> d\n\n| e |\n| -: |\n| f |\n\n```ts\ng\n```\n\n---\n',
  )
  expect(pageToHtml({ title, body }).split('\n')).toEqual([
    '<h1>T</h1>',
    '<h3>K</h3>',
    '<ol start="3"><li><p>a</p></li></ol>',
    '<ul class="tasks"><li><input type="checkbox" disabled checked> <p>b</p></li></ul>',
    '<blockquote><p><strong>c</strong><br>d</p></blockquote>',
    '<table><tbody><tr><th align="right"><p>e</p></th></tr><tr><td align="right"><p>f</p></td></tr></tbody></table>',
    '<pre><code class="language-ts">g</code></pre>',
    '<hr>',
    '',
  ])
})

test('text and attributes are escaped, wherever they come from', () => {
  const image = { type: 'image', attrs: { src: 'a.png', alt: '"><script>', title: "'", width: '1" onload="x' } }
  const body = { type: 'doc', content: [text('<script>&"'), { type: 'paragraph', content: [image] }] }
  expect(bodyToHtml(body)).toBe(
    '<p>&lt;script&gt;&amp;&quot;</p>\n<p><img src="a.png" alt="&quot;&gt;&lt;script&gt;" title="&#39;" width="1&quot; onload=&quot;x"></p>\n',
  )
})

test.each(['javascript:alert(1)', ' java\nscript:x', 'data:text/html,x', 'file:///etc/passwd'])(
  'a stored link to %j gives its text alone',
  (href) => {
    expect(bodyToHtml({ type: 'doc', content: [text('x', { href })] })).toBe('<p>x</p>\n')
  },
)

test('content that this app does not know gives its words', () => {
  expect(bodyToHtml({ type: 'doc', content: [{ type: 'poll', content: [text('let op')] }] })).toBe(
    '<div><p>let op</p></div>\n',
  )
})
