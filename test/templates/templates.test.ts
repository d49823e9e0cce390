import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Finding, Verdict } from '../../src/judge/finding.ts';
import { lint } from '../support/lint.ts';
import { mistakes } from './mistakes.ts';

const FOLDER = import.meta.dirname;
const KINDS = ['jinja', 'erb', 'go', 'dollar'];
const files = KINDS.flatMap((kind) =>
  readdirSync(join(FOLDER, kind))
    .filter((name) => !name.startsWith('.'))
    .sort()
    .map((name) => `${kind}/${name}`),
);
const textOf = (file: string) => readFileSync(join(FOLDER, file), 'utf8');
const said = ({ findings }: Verdict) => findings.filter(({ severity }) => severity !== 'info').map(shown);
const shown = ({ rule, at, message }: Finding) =>
  `${lineAt(at.source.text, at.range.start)} ${rule}: ${message}`;
const lineAt = (text: string, offset: number) => text.slice(0, offset).split('\n').length;

test.each(files)('%s is sound, and is followed', async (file) => {
  const verdict = await lint({ [file]: textOf(file) });
  expect(said(verdict)).toEqual([]);
  expect(verdict.gaps).toEqual([]);
});

test.each(mistakes)('in $in, $write is found', async ({ in: file, insteadOf, write, rule }) => {
  const sound = textOf(file);
  expect(sound.split(insteadOf)).toHaveLength(2);
  const { findings } = await lint({ [file]: sound.replace(insteadOf, () => write) });
  const found = findings.find((finding) => finding.rule === rule);
  expect(found?.severity, findings.map(shown).join('\n')).toMatch(/error|warning/);
  expect(found?.at.source.name).toBe(file);
});

describe('the templates', () => {
  test('have each a mistake that is looked for', () => {
    expect(files.filter((file) => !mistakes.some((each) => each.in === file))).toEqual([]);
  });
});
