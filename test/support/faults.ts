import { expect } from 'vitest';
import { type CheckOptions, checkVocabulary } from '../../grammars/keepalived/check.ts';
import { parseKeepalived } from '../../grammars/keepalived/read.ts';
import type { Fault } from '../../grammars/tree.ts';
import { readMarks, writeMarks } from './marks.ts';
import { sourceOf } from './source.ts';

/** The faults of a text of one file. */
export function check(text: string, options?: CheckOptions): Fault[] {
  const faults: Fault[] = [];
  checkVocabulary(parseKeepalived(sourceOf(text)).statements, (fault) => faults.push(fault), options);
  return faults;
}

/** What is expected of a marked text: a line `severity kind: message` for each mark, in order. */
export function expectFaults(marked: string, expected: readonly string[], options?: CheckOptions): void {
  const { text } = readMarks(marked);
  const faults = check(text, options);
  expect(writeMarks({ text, ranges: faults.map(({ at }) => at.range) })).toBe(marked);
  const said = faults.map(({ severity, kind, message }) => `${severity} ${kind}: ${message}`);
  expect(said).toEqual(expected.map((line) => expect.stringContaining(line)));
}

export const inInstance = (lines: string) => `vrrp_instance VI_1 {\n${lines}\n}\n`;
export const inService = (lines: string) => `virtual_server 10.0.0.100 80 {\n${lines}\n}\n`;
export const inServer = (lines: string) => inService(`real_server 10.0.0.21 80 {\n${lines}\n}`);
