import { mistakes } from './catalogue.ts';
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import {
  type Entry,
  logEntry,
  readLibrary,
  readMessages,
  readSymptoms,
  ruleEntry,
  symptomEntry,
} from './library.ts';
import { pageText } from './page.ts';
import { type RulesArguments, table } from './rules.ts';
import { search } from './search.ts';
import { didYouMean } from './suggest.ts';
import type { Symptom } from './symptom.ts';
import { type Terminal, wantsColour, widthOf } from './terminal.ts';

/** The command line of `explain`. */
export interface ExplainArguments extends RulesArguments {
  readonly name?: readonly string[] | undefined;
}

/** What was asked for: the one that was named, or those that the words lead to, best first. */
interface Answer {
  readonly entries: readonly Entry[];
  readonly shownAs: 'the one' | 'pages' | 'best page' | 'list';
}

const LONGEST_LIST = 12;
const NO_PAGES = 'the pages of the symptoms are not beside this program; lvsdoctor rules lists the rules';
const HOW_TO_ASK = 'lvsdoctor explain NAME shows one; other words, or a line of a log, find it too';

/** The page of a rule or symptom, the meaning of a log line, or what words find; without words, the symptoms. */
export function explain(args: ExplainArguments, terminal: Terminal): ExitCode {
  const words = (args.name ?? []).join(' ').trim();
  const symptoms = readSymptoms();
  const { entries, shownAs } = answerTo(words, symptoms);
  if (words !== '' && entries.length === 0) throw new WrongUse(nothingFound(words, symptoms));
  if (args.json) {
    const data = entries.map((entry) => entry.data());
    terminal.out(`${JSON.stringify(shownAs === 'the one' ? data[0] : data, null, 2)}\n`);
  } else if (shownAs === 'list') {
    const rows =
      words === ''
        ? entries.map(({ name, title }) => ({ kind: '', name, title }))
        : entries.slice(0, LONGEST_LIST);
    const more = entries.length - rows.length;
    const tail = `${more > 0 ? `and ${more} more, which further words sort out; ` : ''}${HOW_TO_ASK}`;
    terminal.out(`${table(rows, args, terminal)}\n${pageText(tail, widthOf(terminal), false)}`);
  } else {
    const pages = shownAs === 'best page' ? entries.slice(0, 1) : entries;
    const text = pages.map((entry) => entry.page()).join('\n') + seeAlso(entries.slice(pages.length));
    terminal.out(pageText(text, widthOf(terminal), wantsColour(args.color, terminal)));
  }
  return EXIT.clean;
}

function answerTo(words: string, symptoms: readonly Symptom[]): Answer {
  if (words === '') {
    if (symptoms.length === 0) throw new WrongUse(NO_PAGES);
    return { entries: symptoms.map(symptomEntry), shownAs: 'list' };
  }
  const named = entryCalled(words, symptoms);
  if (named !== undefined) return { entries: [named], shownAs: 'the one' };
  const messages = readMessages(words);
  if (messages.length > 0) return { entries: messages.map(logEntry), shownAs: 'pages' };
  const { hits, isClear } = search(words, readLibrary(symptoms));
  return { entries: hits, shownAs: isClear ? 'best page' : 'list' };
}

/** By full name, by the part of a rule's behind the slash where one rule only has it, or by a symptom's own words. */
function entryCalled(words: string, symptoms: readonly Symptom[]): Entry | undefined {
  const name = words.toLowerCase();
  const short = mistakes.filter(({ id }) => id.endsWith(`/${name}`));
  const rule = mistakes.find(({ id }) => id === name) ?? (short.length === 1 ? short[0] : undefined);
  if (rule !== undefined) return ruleEntry(rule, symptoms);
  const symptom = symptoms.find((each) => each.name === name.replace(/\s+/g, '-'));
  return symptom === undefined ? undefined : symptomEntry(symptom);
}

function seeAlso(others: readonly Entry[]): string {
  const named = others.slice(0, LONGEST_LIST / 2);
  return named.length === 0 ? '' : `\n## See also\n\n${named.map(({ name }) => `- ${name}`).join('\n')}\n`;
}

function nothingFound(words: string, symptoms: readonly Symptom[]): string {
  const known = mistakes.flatMap(({ id }) => [id, id.slice(id.indexOf('/') + 1)]);
  const guess = didYouMean(words.replace(/\s+/g, '-'), [...known, ...symptoms.map(({ name }) => name)]);
  return `no rule or symptom is called ${words} or speaks of it${guess || '; lvsdoctor explain lists the symptoms'}`;
}
