import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A section of a Markdown page: its heading, its prose and its fenced files. */
export interface Section {
  readonly title: string;
  readonly prose: string;
  readonly fences: readonly Fence[];
}

/** A fenced block: "```keepalived lb1/keepalived.conf" names a file. */
export interface Fence {
  readonly language: string;
  readonly name: string;
  readonly text: string;
}

/** Cuts a page at its headings of level 1 and 2; the first section carries the page's own title. */
export function sectionsOf(markdown: string): readonly Section[] {
  const sections: { title: string; lines: string[]; fences: Fence[] }[] = [];
  let fence: { language: string; name: string; lines: string[] } | undefined;
  for (const line of markdown.split('\n')) {
    const section = sections.at(-1);
    const mark = /^```(\S*)[ \t]*(.*)$/.exec(line);
    if (fence !== undefined) {
      if (line === '```') {
        section?.fences.push({ ...fence, text: fence.lines.map((inside) => `${inside}\n`).join('') });
        fence = undefined;
      } else fence.lines.push(line);
    } else if (mark !== null) fence = { language: mark[1] ?? '', name: (mark[2] ?? '').trim(), lines: [] };
    else if (/^#{1,2} /.test(line))
      sections.push({ title: line.replace(/^#+\s*/, ''), lines: [], fences: [] });
    else section?.lines.push(line);
  }
  return sections.map(({ title, lines, fences }) => ({ title, fences, prose: lines.join('\n').trim() }));
}

/** The files that a section shows. */
export function filesOf(section: Section | undefined): Record<string, string> {
  return Object.fromEntries(
    (section?.fences ?? []).filter(({ name }) => name !== '').map(({ name, text }) => [name, text]),
  );
}

/** The pages below a folder, by their path without `.md`. */
export function pagesBelow(folder: string): ReadonlyMap<string, string> {
  const pages = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (entry.endsWith('.md') && entry !== 'README.md')
      pages.set(entry.slice(0, -3), readFileSync(join(folder, entry), 'utf8'));
  }
  return pages;
}
