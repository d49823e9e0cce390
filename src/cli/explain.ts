import { readFileSync } from 'node:fs';
import type { AnyRule } from '../judge/rule.ts';
import { rules } from './catalogue.ts';
import { EXIT, type ExitCode, WrongUse } from './exit.ts';
import { pageText } from './page.ts';
import { type RulesArguments, ruleAsData, table } from './rules.ts';
import { didYouMean } from './suggest.ts';
import { type Terminal, wantsColour, widthOf } from './terminal.ts';

/** The command line of `explain`. */
export interface ExplainArguments extends RulesArguments {
  readonly name: readonly string[];
}

/** A rule's page; or, where the words name no rule, the rules that speak of all of them. */
export function explain(args: ExplainArguments, terminal: Terminal): ExitCode {
  const named = ruleCalled(args.name.join(' '));
  const found = named === undefined ? rulesAbout(args.name) : [named];
  if (found.length === 0) {
    const known = rules.flatMap(({ id }) => [id, id.slice(id.indexOf('/') + 1)]);
    const words = args.name.join(' ');
    throw new WrongUse(`no rule is called ${words} or speaks of it${didYouMean(words, known)}`);
  }
  if (args.json) {
    const data = found.map((rule) => ({ ...ruleAsData(rule), page: pageOf(rule) }));
    terminal.out(`${JSON.stringify(named === undefined ? data : data[0], null, 2)}\n`);
  } else if (found.length === 1 && found[0] !== undefined)
    terminal.out(pageText(pageOf(found[0]), widthOf(terminal), wantsColour(args.color, terminal)));
  else terminal.out(table(found, args, terminal));
  return EXIT.clean;
}

/** By full name, or by the part behind the slash where one rule only has it. */
function ruleCalled(name: string): AnyRule | undefined {
  const exact = rules.find(({ id }) => id === name);
  const short = rules.filter(({ id }) => id.endsWith(`/${name}`));
  return exact ?? (short.length === 1 ? short[0] : undefined);
}

function rulesAbout(words: readonly string[]): AnyRule[] {
  const wanted = words.flatMap((word) => word.toLowerCase().split(/[\s/]+/)).filter((word) => word !== '');
  return rules.filter(({ id, title, why, remedy }) => {
    const text = `${id} ${title} ${why} ${remedy}`.toLowerCase();
    return wanted.length > 0 && wanted.every((word) => text.includes(word));
  });
}

/** The page's Markdown; what the rule says of itself where the pages were not installed beside the program. */
function pageOf(rule: AnyRule): string {
  for (const docs of ['../docs', '../../docs']) {
    try {
      return readFileSync(new URL(`${docs}/rules/${rule.id}.md`, import.meta.url), 'utf8');
    } catch {
      // The next place, or the rule itself.
    }
  }
  const { id, severity, title, why, remedy } = rule;
  return `# ${id}\n\n${severity}: ${title}\n\n## Why\n\n${why}\n\n## What to do\n\n${remedy}\n`;
}
