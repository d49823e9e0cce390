import { expect, test } from 'vitest';
import { pageText } from '../../src/cli/page.ts';

const PAGE = `# vrrp/example

Some **bold** words, a [link](https://example.org/x), an [inner one](other.md) and \`code\` in a paragraph that is
long enough to be wrapped.

## Bad

\`\`\`\`keepalived
vrrp_instance VI_1 {   # a line of code that is much longer than the width of the terminal
\`\`\`
}
\`\`\`\`

- an item that is long enough to be wrapped at the width of this terminal
- another

| a | b |
|---|---|
| 1 | 2 |
`;

test('a page is prose at the width of the terminal, with code and tables as they stand', () => {
  expect(pageText(PAGE, 50, false)).toBe(`vrrp/example

Some bold words, a link (https://example.org/x),
an inner one and \`code\` in a paragraph that is
long enough to be wrapped.

Bad

    vrrp_instance VI_1 {   # a line of code that is much longer than the width of the terminal
    \`\`\`
    }

- an item that is long enough to be wrapped at the
  width of this terminal
- another

| a | b |
|---|---|
| 1 | 2 |
`);
});

test('colour changes nothing but colour', () => {
  const coloured = pageText(PAGE, 50, true);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape sequences are what is taken away
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(pageText(PAGE, 50, false));
  expect(coloured).not.toBe(pageText(PAGE, 50, false));
});
