import { createColors } from 'picocolors';
import { wrap } from '../report/wrap.ts';

const CODE_MARGIN = '    ';
const ITEM = /^\s*(?:[-*+]|\d+[.)])\s+/;

/** A Markdown page as a terminal shows it: headings, wrapped paragraphs and lists, code and tables as they stand. */
export function pageText(markdown: string, width: number, colour: boolean): string {
  const { bold, cyan, dim } = createColors(colour);
  const lines: string[] = [];
  let prose = '';
  const endProse = () => {
    const margin = ITEM.exec(prose)?.[0] ?? '';
    const wrapped = prose === '' ? [] : wrap(plain(prose.slice(margin.length)), width, margin.length);
    const inPlace = wrapped.map((line, at) => (at === 0 ? margin + line : line));
    lines.push(...inPlace.map((line) => line.replace(/`[^`]+`/g, (code) => cyan(code))));
    prose = '';
  };
  let fence: string | undefined;
  for (const line of markdown.replaceAll('\r', '').split('\n')) {
    const mark = /^\s*(```+|~~~+)/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
      else lines.push(line === '' ? '' : dim(CODE_MARGIN + line));
      continue;
    }
    const standsAlone = mark !== undefined || line.trim() === '' || /^#{1,6}\s|^\s*\|/.test(line);
    if (standsAlone || ITEM.test(line)) endProse();
    if (mark !== undefined) {
      fence = mark;
      const name = /^\s*[`~]+\S*\s+(\S.*)$/.exec(line)?.[1];
      if (name !== undefined) lines.push(`${CODE_MARGIN}${bold(name.trim())}`);
    }
    if (mark !== undefined) continue;
    if (line.startsWith('#')) lines.push(bold(plain(line.replace(/^#+\s+/, ''))));
    else if (standsAlone) lines.push(line.trimEnd());
    else prose += prose === '' ? line : ` ${line.trim()}`;
  }
  endProse();
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}

/** Without marks that only a browser shows: bold, and links, of which the address stays where it leads outside. */
function plain(text: string): string {
  return text
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, '$1 ($2)')
    .replace(/\[([^\]]+)\]\([^)\s]+\)/g, '$1');
}
