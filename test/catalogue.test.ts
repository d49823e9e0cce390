import { describe, expect, test } from 'vitest';
import { CATALOGUE, ELSEWHERE, SPLIT } from './support/catalogue.ts';
import { allRules } from './support/lint.ts';

const ids = new Set(allRules.map(({ id }) => id));

describe('the map from the catalogue to the rules', () => {
  test('is of 159 mistakes, each once', () => {
    expect(CATALOGUE.length).toBe(159);
    expect(new Set(CATALOGUE).size).toBe(CATALOGUE.length);
  });

  test('accounts for every mistake: a rule of the same name, or an entry that says where it went', () => {
    const unaccounted = CATALOGUE.filter((id) => ids.has(id) === ELSEWHERE.has(id));
    expect(unaccounted).toEqual([]);
    expect([...ELSEWHERE.keys()].filter((id) => !CATALOGUE.includes(id))).toEqual([]);
  });

  test('accounts for every rule: a mistake of the same name, or a part of one', () => {
    expect([...ids].filter((id) => CATALOGUE.includes(id) === SPLIT.has(id))).toEqual([]);
    expect([...SPLIT.keys()].filter((id) => !ids.has(id))).toEqual([]);
  });

  test('leads to rules that there are', () => {
    const named = [...ELSEWHERE.values()].flatMap((where) => ('rules' in where ? where.rules : []));
    const whole = [...SPLIT.values()].filter((id) => id !== undefined);
    expect([...named, ...whole].filter((id) => !ids.has(id))).toEqual([]);
  });

  test('leaves at most 19 without a rule', () => {
    expect([...ELSEWHERE.values()].filter((where) => 'why' in where).length).toBeLessThanOrEqual(19);
  });
});
