import { describe, expect, test } from 'vitest';
import { parseKeepalived } from '../../grammars/keepalived/read.ts';
import type { Source } from '../../src/evidence/source.ts';
import { outline } from '../support/outline.ts';
import { sourceOf } from '../support/source.ts';

describe('includes', () => {
  const including = (text: string, includes: Source['includes']) =>
    parseKeepalived(sourceOf(text, 'keepalived.conf', includes === undefined ? {} : { includes }));

  test('what is included stands in its own file', () => {
    const part = sourceOf('b 1\n', 'keepalived.conf', { name: 'part.conf' });
    const { statements, faults, partial } = including(
      'a {\n include *.conf\n}\n',
      new Map([['*.conf', { sources: [part] }]]),
    );
    expect(outline(statements)).toEqual([['a', 'b 1']]);
    expect(statements[0]?.block?.[0]?.place.source.name).toBe('part.conf');
    expect([faults, partial]).toEqual([[], undefined]);
  });

  test('a missing file is a fault at its name, and makes the rest partial', () => {
    const { faults, partial } = including(
      'include gone.conf\na 1',
      new Map([['gone.conf', { sources: [], why: 'it does not exist' }]]),
    );
    expect(faults.map(({ kind, message }) => [kind, message])).toEqual([
      ['missing-include', 'include gone.conf: it does not exist'],
    ]);
    expect(partial).toContain('gone.conf');
  });

  test('where nobody looked there is no fault, only a gap', () => {
    const { faults, partial } = including('include x.conf', undefined);
    expect(faults).toEqual([]);
    expect(partial).toContain('x.conf');
  });

  test('a name that hangs on the node, and that nobody looked for, is a gap and no fault', () => {
    const { faults, partial } = including('include ${NODE}.conf', new Map());
    expect(faults).toEqual([]);
    expect(partial).toContain('${NODE}.conf');
  });

  test('each file has a folder of its own', () => {
    const part = sourceOf('a ${_PWD}\n', 'keepalived.conf', { name: 'lb1/parts/part.conf' });
    const main = sourceOf('include p\na ${_PWD}\n', 'keepalived.conf', {
      name: 'lb1/keepalived.conf',
      includes: new Map([['p', { sources: [part] }]]),
    });
    expect(outline(parseKeepalived(main).statements)).toEqual(['a lb1/parts', 'a lb1']);
  });

  test('a brace of an included file, or of a definition, says nothing of the indentation around it', () => {
    const part = sourceOf('\n\n}\n', 'keepalived.conf', { name: 'part.conf' });
    const { statements, faults } = including(
      '$END=}\na {\n  b {\n    c 1\ninclude p\n  d {\n    e 1\n${END}\n',
      new Map([['p', { sources: [part] }]]),
    );
    expect(outline(statements)).toEqual([['a', ['b', 'c 1'], ['d', 'e 1']]]);
    expect(faults.map(({ kind }) => kind)).toEqual(['unbalanced-braces']);
  });

  test('a circle ends', () => {
    const circle = sourceOf('include me\na 1') as { includes?: Source['includes'] } & Source;
    Object.assign(circle, { includes: new Map([['me', { sources: [circle] }]]) });
    expect(outline(parseKeepalived(circle).statements).every((line) => line === 'a 1')).toBe(true);
  });
});
