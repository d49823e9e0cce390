import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkVocabulary } from '../../grammars/keepalived/check.ts';
import { parseKeepalived } from '../../grammars/keepalived/read.ts';
import type { Fault } from '../../grammars/tree.ts';
import { linesOf } from '../../src/evidence/lines.ts';
import { sourceOf } from '../support/source.ts';

/** A folder of real files with what keepalived 2.2.7 said of each; without it these tests are skipped. */
const corpus = process.env['LVSDOCTOR_CORPUS'];

interface Run {
  readonly exit: number;
  readonly messages?: readonly string[];
}

interface CorpusFile {
  readonly file: string;
  readonly kind: string;
  readonly oracle?: Run & {
    readonly with_interfaces?: Run;
    readonly provisioned?: Run;
    readonly environment?: Readonly<Record<string, readonly string[]>>;
  };
}

/** Complaints about words and values, which the vocabulary has to share; others are about the file as a whole. */
const OF_VOCABULARY =
  /Unknown keyword|invalid number|negative number|outside (?:range|integer|unsigned)|unknown state|Unknown configuration entry|parsed invalid IP|malformed|Invalid (?:virtual|real|sorry) server|routing method|lvs_scheduler|Unknown protocol|missing a parameter|extra parameters|unknown route keyword|Unknown rule option/;

/** What keepalived says because of how this build was made, or by a defect of this release. */
const OF_THE_BUILD = /vrrp_ipsets|rtt|Unknown keyword '\\'/;

interface Complaint {
  readonly line: number;
  readonly message: string;
}

function complaintsOf({ oracle }: CorpusFile): Complaint[] {
  const run = oracle?.provisioned ?? oracle?.with_interfaces ?? oracle;
  const environment = new Set(Object.values(oracle?.environment ?? {}).flat());
  return (run?.messages ?? oracle?.messages ?? []).flatMap((message) => {
    const line = /^\(Line (\d+)\) /.exec(message);
    if (line === null || environment.has(message) || !OF_VOCABULARY.test(message)) return [];
    return OF_THE_BUILD.test(message) ? [] : [{ line: Number(line[1]), message }];
  });
}

/** After one of these, keepalived reads the rest of the file as something else. */
function isStructural({ kind, severity }: Fault): boolean {
  return kind !== 'malformed-value' && kind !== 'case-sensitive-value' && severity === 'error';
}

describe.skipIf(corpus === undefined)('keepalived 2.2.7 and the vocabulary agree on real files', () => {
  const files =
    corpus === undefined
      ? []
      : (
          JSON.parse(readFileSync(join(corpus, 'manifest.json'), 'utf8')) as { files: CorpusFile[] }
        ).files.filter(({ kind }) => kind === 'keepalived');

  test('what keepalived complains of is a fault on that line, or follows from one above', () => {
    const missed: string[] = [];
    let shared = 0;
    for (const file of files) {
      const text = readFileSync(join(corpus ?? '', file.file), 'utf8');
      const source = sourceOf(text);
      const tree = parseKeepalived(source, 'vm');
      const faults: Fault[] = [...tree.faults];
      checkVocabulary(tree.statements, (fault) => faults.push(fault), { release: '2.2.7' });
      const lineOf = ({ at }: Fault) => linesOf(source).positionAt(at.range.start).line;
      const faulty = new Set(faults.map(lineOf));
      const broken = Math.min(
        Number.POSITIVE_INFINITY,
        ...faults
          .filter((fault) => isStructural(fault) || fault.message.includes('does not know'))
          .map(lineOf),
      );
      for (const { line, message } of complaintsOf(file)) {
        // A comment that ends in a backslash swallows the next line's start: a defect of 2.2.7.
        const afterBackslash = linesOf(source)
          .lineText(line - 1)
          .trimEnd()
          .endsWith('\\');
        if (faulty.has(line)) shared++;
        if (line < broken && !faulty.has(line) && !afterBackslash)
          missed.push(`${file.file}:${line} ${message}`);
      }
    }
    expect(files.length).toBeGreaterThan(400);
    expect(missed).toEqual([]);
    expect(shared).toBeGreaterThan(500);
  });
});
