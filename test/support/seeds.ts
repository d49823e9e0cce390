import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The five texts that the audit is about stand beside the corpus; they are not part of the project. */
const FOLDER = process.env.LVSDOCTOR_CORPUS ? join(process.env.LVSDOCTOR_CORPUS, '..', 'seeds') : '';

const texts: readonly string[] =
  FOLDER !== '' && existsSync(FOLDER)
    ? readdirSync(FOLDER)
        .sort()
        .map((name) => readFileSync(join(FOLDER, name), 'utf8'))
    : [];

/** True where the texts are at hand. */
export const seedsAreHere = texts.length === 5;

/** What a pattern finds in a text: a script, or the lines of a tuning file. */
export function cutOf(seed: number, pattern: RegExp): string {
  const [found] = pattern.exec(texts[seed] ?? '') ?? [];
  if (found === undefined) throw new Error(`text ${seed} holds nothing like ${pattern}`);
  return `${found}\n`;
}

/** The keepalived.conf of a text: its blocks, each from the line that opens it to the brace that closes it. */
export function configOf(seed: number): string {
  const text = texts[seed] ?? '';
  const openers = /^(?:global_defs|vrrp_instance|virtual_server)\b[^{}\n]*\{/gm;
  let blocks = '';
  for (let opener = openers.exec(text); opener !== null; opener = openers.exec(text)) {
    let end = openers.lastIndex;
    for (let depth = 1; depth > 0 && end < text.length; end++)
      depth += text[end] === '{' ? 1 : text[end] === '}' ? -1 : 0;
    blocks += `${text.slice(opener.index, end)}\n`;
    openers.lastIndex = end;
  }
  if (blocks === '') throw new Error(`text ${seed} holds no keepalived.conf`);
  return blocks;
}
