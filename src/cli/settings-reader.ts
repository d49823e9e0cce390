import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from 'yaml';
import type { Mistake } from '../judge/rule.ts';
import type { SettingsFile } from './settings.ts';
import check, { type SchemaError } from './settings-check.generated.js';
import { unknownInRules } from './settings-rules.ts';
import { didYouMean } from './suggest.ts';

/** One thing that is wrong with a settings file, with its place as people count. */
export interface SettingsProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Reads the text of lvsdoctor.yaml; the file counts only if there are no problems. */
export function readSettings(
  text: string,
  knownRules: readonly Mistake[],
): { readonly file: SettingsFile; readonly problems: readonly SettingsProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number, message: string): SettingsProblem => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col, message };
  };
  if (document.errors.length > 0)
    return {
      file: {},
      problems: document.errors.map((error) => at(error.pos[0], `not YAML: ${plainly(error.message)}`)),
    };
  const data = dataOf(document);
  if (typeof data === 'string') return { file: {}, problems: [at(0, data)] };
  if (data === null || data === undefined) return { file: {}, problems: [] };
  check(data);
  const complaints = [
    ...(check.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(complaint),
    ...unknownInRules(data, knownRules),
  ];
  const problems = complaints.map(({ path, ofKey, message }) => at(offsetOf(document, path, ofKey), message));
  return {
    file: data as SettingsFile,
    problems: problems.sort((a, b) => a.line - b.line || a.column - b.column),
  };
}

/** The plain data, or why there is none: aliases may be nested until they are too large to write out. */
function dataOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    return `not YAML: ${plainly(error instanceof Error ? error.message : String(error))}`;
  }
}

/** What is wrong with one key or value. */
export interface Complaint {
  readonly path: readonly string[];
  /** The key is wrong, not its value. */
  readonly ofKey: boolean;
  readonly message: string;
}

/** The schema's complaint in the words of somebody who never saw the schema. */
function complaint({ instancePath, keyword, params, data, parentSchema, message }: SchemaError): Complaint {
  const path = instancePath.split('/').slice(1).map(unescapePointer);
  const name = path.join('.') || 'the file';
  if (keyword === 'additionalProperties') {
    const key = String(params['additionalProperty']);
    const guess = didYouMean(key, Object.keys(parentSchema?.properties ?? {}));
    return {
      path: [...path, key],
      ofKey: true,
      message: `there is no setting ${[...path, key].join('.')}${guess}`,
    };
  }
  if (keyword === 'enum') {
    const allowed = params['allowedValues'] as readonly string[];
    const guess = typeof data === 'string' ? didYouMean(data, allowed) : '';
    return {
      path,
      ofKey: false,
      message: `${name} is one of ${allowed.join(', ')}; not ${shown(data)}${guess}`,
    };
  }
  if (keyword === 'type' && params['type'] === 'string' && typeof data === 'number')
    return {
      path,
      ofKey: false,
      message: `${name} is a number here: put it in quotes: '${data}'`,
    };
  if (keyword === 'type')
    return {
      path,
      ofKey: false,
      message: `${name} is ${KINDS[String([params['type']].flat()[0])] ?? 'another kind of value'}; not ${shown(data)}`,
    };
  if (keyword === 'pattern')
    return { path, ofKey: false, message: `${name} is a version such as 2.2.8; not ${shown(data)}` };
  return {
    path,
    ofKey: false,
    message: `${name} ${MESSAGES[keyword] ?? message ?? 'is not valid'}`,
  };
}

const MESSAGES: Readonly<Record<string, string>> = { minLength: 'is empty', minimum: 'is below 0' };

const KINDS: Readonly<Record<string, string>> = {
  object: 'a list of keys with values',
  array: 'a list: [one, two]',
  string: 'a text',
  number: 'a number',
};

function offsetOf(document: Document, path: readonly string[], ofKey: boolean): number {
  if (ofKey) {
    const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
    const pair = isMap(parent)
      ? parent.items.find(({ key }) => isScalar(key) && String(key.value) === path.at(-1))
      : undefined;
    if (isPair(pair) && isNode(pair.key)) return pair.key.range?.[0] ?? 0;
  }
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

function shown(data: unknown): string {
  const text = JSON.stringify(data) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function plainly(message: string): string {
  return message.replace(/\s+/g, ' ').trim();
}

function unescapePointer(part: string): string {
  return part.replaceAll('~1', '/').replaceAll('~0', '~');
}
