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
  return markdown
    .split(/^(?=#{1,2} )/m)
    .filter((part) => part.startsWith('#'))
    .map((part) => {
      const [heading = '', ...rest] = part.split('\n');
      const body = rest.join('\n');
      const fences = [...body.matchAll(/^```(\S*)[ \t]*(.*)\n([\s\S]*?)^```$/gm)].map(
        ([, language = '', name = '', text = '']) => ({ language, name: name.trim(), text }),
      );
      return {
        title: heading.replace(/^#+\s*/, ''),
        prose: body.replace(/^```[\s\S]*?^```$/gm, '').trim(),
        fences,
      };
    });
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
