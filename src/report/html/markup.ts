import { sanitize } from '../sanitize.ts';

/** HTML of our own making: whatever is foreign in it has been escaped. */
export interface Markup {
  readonly html: string;
}

type Content = string | number | Markup | readonly Markup[] | undefined;

/** A template of HTML: what is put in as text stays text, with what cannot be seen made visible. */
export function markup(pieces: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  const html = pieces.reduce((before, piece, at) => before + htmlOf(contents[at - 1]) + piece);
  return { html };
}

function htmlOf(content: Content): string {
  if (content === undefined) return '';
  if (typeof content === 'string' || typeof content === 'number') return escaped(String(content));
  return 'html' in content ? content.html : content.map(({ html }) => html).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Noncharacters are no control characters, and no HTML either (13.1.4 of the standard). */
function escaped(text: string): string {
  const seen = sanitize(text).replace(/\p{Noncharacter_Code_Point}/gu, '\ufffd');
  return seen.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
}

/** Lines that were painted for a terminal: every colour becomes an element of class `sgr` and its number. */
export function paintedLines(lines: readonly string[]): Markup {
  const pieces = lines.map((line) =>
    // Foreign text has no escape sequences left, so these are ours, properly nested.
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    line.split(/\x1b\[(\d+)m/).map((piece, at) => (at % 2 === 0 ? escaped(piece) : element(piece))),
  );
  return { html: pieces.map((line) => line.join('')).join('\n') };
}

/** 22 and 39 end what a smaller number began (ECMA-48, 8.3.117). */
function element(code: string): string {
  return code === '22' || code === '39' ? '</span>' : `<span class="sgr${code}">`;
}
