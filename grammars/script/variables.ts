import type { Source } from '../../src/evidence/source.ts';
import { type Word, wordAt } from '../tree.ts';
import type { Node, RawRedirect, RawWord } from './node.ts';

/** A variable that the script sets, at the first place that does. */
export interface Variable {
  readonly name: Word;
  /** The name stands somewhere else too, so something may use it. */
  readonly mentioned: boolean;
  /** Other programs see it. */
  readonly exported: boolean;
}

/** What a look at all commands, run or not, tells of a script. */
export interface Overview {
  readonly variables: readonly Variable[];
  /** Other text is run that is not here, by `eval` or from another file: it may use any variable. */
  readonly runsOtherText: boolean;
  readonly commands: number;
}

const SYSTEM_FUNCTIONS = /\/(?:init\.d\/functions|init-functions)$/;

/** Collects variables and their mentions; comments do not count, everything else that spells a name does. */
export function overviewOf(source: Source, root: readonly Node[]): Overview {
  const found = new Map<string, { start: number; exported: boolean }>();
  const mentioned = new Set<string>();
  let runsOtherText = false;
  let commands = 0;
  const mention = (text: string) => {
    for (const [name] of text.matchAll(/[A-Za-z_]\w*/g)) mentioned.add(name);
    if (text.includes('${!')) runsOtherText = true;
  };
  const mentionWords = (words: readonly (RawWord | undefined)[]) => {
    for (const word of words) if (word !== undefined) mention(word.raw);
  };
  const mentionRedirects = (redirects: readonly RawRedirect[]) => {
    for (const { target, body } of redirects) {
      mentionWords([target]);
      if (body !== undefined) mention(source.text.slice(body.start, body.end));
    }
  };
  const set = (name: string, start: number, exported: boolean) => {
    const before = found.get(name);
    found.set(name, { start: before?.start ?? start, exported: exported || before?.exported === true });
  };
  const pending: (readonly Node[])[] = [root];
  for (let nodes = pending.pop(); nodes !== undefined; nodes = pending.pop())
    for (const node of nodes) {
      mentionRedirects(node.redirects);
      if (node.kind !== 'command') {
        mentionWords([node.subject, ...(node.items ?? [])]);
        if (node.counting !== undefined) mention(node.counting);
        for (const { condition, patterns, body } of node.arms) {
          mentionWords(patterns);
          pending.push(condition, body);
        }
        continue;
      }
      const program = node.words.find(({ raw }) => !/^\w+\+?=/.test(raw))?.raw;
      const declares =
        program === 'declare' || program === 'readonly' || program === 'local' || program === 'typeset';
      if (program !== undefined && !declares) commands++;
      const isPrefix = program !== undefined && !declares && program !== 'export';
      for (const { raw, start } of node.words) {
        const [assignment, name] = /^([A-Za-z_]\w*)\+?=/.exec(raw) ?? [];
        if (assignment === undefined || name === undefined) mention(raw);
        else {
          mention(raw.slice(assignment.length));
          if (!isPrefix) set(name, start, program === 'export');
        }
      }
      for (const { name, items, start } of node.arrays) {
        set(name, start, false);
        mentionWords(items);
      }
      const [, argument] = node.words;
      if (program === 'eval') runsOtherText = true;
      if ((program === '.' || program === 'source') && !SYSTEM_FUNCTIONS.test(argument?.raw ?? ''))
        runsOtherText = true;
    }
  const variables = [...found].map(([name, { start, exported }]) => ({
    name: wordAt(source, name, start, start + name.length),
    mentioned: mentioned.has(name),
    exported,
  }));
  return { variables, runsOtherText, commands };
}
