import type { Source } from '../../src/evidence/source.ts';
import type { Tree, Word } from '../tree.ts';
import { bashOnly } from './bashisms.ts';
import { nodesOf } from './nodes.ts';
import type { ScriptStatement } from './statement.ts';
import { overviewOf, type Variable } from './variables.ts';
import { statementsOf } from './walk.ts';

export { printed } from './printed.ts';
export { outputOf, type ScriptStatement } from './statement.ts';

/** A set-up script: the commands in the order in which it runs them, as far as the text alone tells. */
export interface ScriptTree extends Tree {
  readonly statements: readonly ScriptStatement[];
  /** The program of the first line, without its folder: `sh`, `bash`; undefined where no first line names one. */
  readonly shell: string | undefined;
  /** Set and never used, in a script that runs no text but its own. */
  readonly unused: readonly Word[];
  /** What only bash takes, where the first line names `sh`; each kind once. */
  readonly bashOnly: readonly Word[];
}

/** Reads a POSIX or bash script. Never runs anything, never throws; a value that nobody knows is marked unknown. */
export function readScript(source: Source): ScriptTree {
  const { nodes, faults, tokens } = nodesOf(source);
  const shell = shellOf(source.text);
  const { variables, runsOtherText, commands } = overviewOf(source, nodes);
  return {
    source,
    statements: statementsOf(source, nodes),
    faults,
    shell,
    unused: runsOtherText || commands === 0 ? [] : variables.filter(isUnused).map(({ name }) => name),
    bashOnly: shell === 'sh' ? bashOnly(source, tokens) : [],
  };
}

/** Set for the shell itself or for the programs that it runs. */
const FOR_OTHERS =
  /^(?:PATH|IFS|LANG|LANGUAGE|LC_\w+|HOME|TERM|TZ|PS\d|SHELL|USER|OPTIND|BASH_\w+|LD_\w+|DEBIAN_FRONTEND|_)$/;

function isUnused({ name, mentioned, exported }: Variable): boolean {
  return !mentioned && !exported && !FOR_OTHERS.test(name.text);
}

function shellOf(text: string): string | undefined {
  const [, program, argument] = /^\ufeff?#![ \t]*(\S+)(?:[ \t]+(\S+))?/.exec(text.slice(0, 256)) ?? [];
  const name = program?.replace(/^.*\//, '');
  return name === 'env' ? argument : name;
}
