import type { Mistake } from '../judge/rule.ts';
import { createPaint } from '../report/paint.ts';
import { wrap } from '../report/wrap.ts';
import { mistakes } from './catalogue.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { type Terminal, wantsColour, widthOf } from './terminal.ts';

/** The command line of `rules`. */
export interface RulesArguments {
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** Every rule: by topic for people, as a list for programs. */
export function listRules(args: RulesArguments, terminal: Terminal): ExitCode {
  const rows = mistakes.map(({ severity, id, title }) => ({ kind: severity, name: id, title }));
  const text = () =>
    `${table(rows, args, terminal)}\n${mistakes.length} rules; lvsdoctor explain NAME shows one\n`;
  terminal.out(args.json ? `${JSON.stringify(mistakes.map(ruleAsData), null, 2)}\n` : text());
  return EXIT.clean;
}

/** A rule as programs get it from `rules --json` and `explain --json`. */
export function ruleAsData({ id, severity, title, why, remedy, thresholds }: Mistake) {
  return { rule: id, severity, title, why, remedy, ...(thresholds && { thresholds }) };
}

/** What a list shows: of what kind something is, such as a rule's severity, how it is called, and what it says. */
interface Row {
  readonly kind: string;
  readonly name: string;
  readonly title: string;
}

/** Two lines and more each, the name first: names are too long to share a line with a sentence. */
export function table(rows: readonly Row[], args: RulesArguments, terminal: Terminal): string {
  const paint = createPaint(wantsColour(args.color, terminal));
  const severities: Readonly<Record<string, (text: string) => string>> = paint.severity;
  const column = Math.max(0, ...rows.map(({ kind }) => kind.length)) + 2;
  const margin = ' '.repeat(column);
  const lines = rows.flatMap(({ kind, name, title }) => [
    (severities[kind] ?? paint.related)(kind) + margin.slice(kind.length) + paint.strong(name),
    ...wrap(title, widthOf(terminal), column).map((line, at) => (at === 0 ? margin + line : line)),
  ]);
  return lines.map((line) => `${line}\n`).join('');
}
