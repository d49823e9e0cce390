/** The styles of every page: two palettes, a table, a block of code, and what printers leave out. */
export const STYLES = `
:root { color-scheme: light dark; --text: #1f2328; --faint: #59636e; --back: #fff; --raised: #f4f6f8; --line: #d1d9e0;
  --error: #b3261e; --warning: #8a5300; --info: #0b5cad; --good: #1a7f37; --related: #0a6a75; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --faint: #9aa5b1; --back: #0f141a; --raised: #1a212a;
  --line: #39424d; --error: #ff7b72; --warning: #e3a33b; --info: #79b8ff; --good: #56d364; --related: #56c8d8; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1.5rem 1rem; max-width: 72rem; background: var(--back); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1rem; margin: 0; }
p, ul, ol { margin: .4rem 0; }
table { border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); }
pre { margin: .6rem 0; padding: .6rem; background: var(--raised); border-radius: .3rem; overflow-x: auto;
  font: .85rem/1.35 ui-monospace, monospace; }
code { font-family: ui-monospace, monospace; font-size: .9em; }
dl { margin: 0; display: grid; grid-template-columns: max-content 1fr; gap: .2rem .8rem; }
dt { color: var(--faint); }
dd { margin: 0; }
ul.faint { list-style: none; padding: 0; }
article { margin: 1rem 0; padding: .8rem 1rem; border: 1px solid var(--line); border-left: .3rem solid var(--line);
  border-radius: .3rem; }
article.error { border-left-color: var(--error); }
article.warning { border-left-color: var(--warning); }
article.info { border-left-color: var(--info); }
.error > .word { color: var(--error); }
.warning > .word { color: var(--warning); }
.info > .word { color: var(--info); }
.word { font-weight: 700; }
.faint, footer { color: var(--faint); }
footer { margin-top: 2rem; font-size: .85rem; }
.sgr1 { font-weight: 700; }
.sgr2 { color: var(--faint); }
.sgr31 { color: var(--error); }
.sgr33 { color: var(--warning); }
.sgr34 { color: var(--info); }
.sgr36 { color: var(--related); }
form { position: sticky; top: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; align-items: center;
  padding: .5rem 0; background: var(--back); border-bottom: 1px solid var(--line); }
@media print { :root { --text: #000; --faint: #444; --back: #fff; --raised: #fff; --line: #999; --error: #900;
  --warning: #640; --info: #036; --good: #050; --related: #044; }
  body { max-width: none; padding: 0; font-size: 10pt; } form { display: none; }
  pre { white-space: pre-wrap; border: 1px solid var(--line); font-size: 8pt; }
  h2, h3 { break-after: avoid; } article { break-inside: avoid; } }
`;
