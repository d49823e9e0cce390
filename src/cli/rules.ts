import type { AnyRule } from '../judge/rule.ts';
import { createPaint } from '../report/paint.ts';
import { wrap } from '../report/wrap.ts';
import { rules } from './catalogue.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { type Terminal, wantsColour, widthOf } from './terminal.ts';

/** The command line of `rules`. */
export interface RulesArguments {
  readonly json?: boolean | undefined;
  readonly color?: boolean | undefined;
}

/** Every rule: by topic for people, as a list for programs. */
export function listRules(args: RulesArguments, terminal: Terminal): ExitCode {
  terminal.out(
    args.json ? `${JSON.stringify(rules.map(ruleAsData), null, 2)}\n` : table(rules, args, terminal),
  );
  return EXIT.clean;
}

/** A rule as programs get it from `rules --json` and `explain --json`. */
export function ruleAsData({ id, severity, title, why, remedy, thresholds }: AnyRule) {
  return { rule: id, severity, title, why, remedy, ...(thresholds && { thresholds }) };
}

const SEVERITY_COLUMN = 'warning  '.length;

/** Two lines a rule, the name first: names are too long to share a line with a sentence. */
export function table(list: readonly AnyRule[], args: RulesArguments, terminal: Terminal): string {
  const paint = createPaint(wantsColour(args.color, terminal));
  const lines = [...list]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .flatMap(({ id, severity, title }) => [
      paint.severity[severity](severity) + ' '.repeat(SEVERITY_COLUMN - severity.length) + paint.strong(id),
      ...wrap(title, widthOf(terminal), SEVERITY_COLUMN).map((line, at) =>
        at === 0 ? ' '.repeat(SEVERITY_COLUMN) + line : line,
      ),
    ]);
  return `${lines.join('\n')}\n\n${list.length} rules; lvsdoctor explain NAME shows one\n`;
}
