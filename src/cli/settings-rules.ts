import type { Mistake } from '../judge/rule.ts';
import { topicOf } from '../judge/rule-settings.ts';
import type { Complaint } from './settings-reader.ts';
import { didYouMean } from './suggest.ts';

/** What settings say of rules and thresholds that there are none of: the compiled schema does not know their names. */
export function unknownInRules(data: unknown, rules: readonly Mistake[]): Complaint[] {
  const hosts = Object.keys(mapAt(data, ['hosts'])).map((host) => ['hosts', host, 'rules']);
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const names = new Set([...known.keys(), ...rules.map(({ id }) => topicOf(id))]);
  return [['rules'], ...hosts].flatMap((path) =>
    Object.keys(mapAt(data, path)).flatMap((name) => {
      const here = [...path, name];
      if (names.has(name)) return unknownThresholds(Object.keys(mapAt(data, here)), here, known.get(name));
      const what = name.endsWith('/*') ? 'topic' : 'rule';
      return [{ path: here, ofKey: true, message: `there is no ${what} ${name}${didYouMean(name, names)}` }];
    }),
  );
}

function unknownThresholds(
  said: readonly string[],
  path: readonly string[],
  rule: Mistake | undefined,
): Complaint[] {
  const names = ['severity', ...Object.keys(rule?.thresholds ?? {})];
  return said
    .filter((name) => !names.includes(name))
    .map((name) => ({
      path: [...path, name],
      ofKey: true,
      message: `${path.at(-1)} has no ${name}${didYouMean(name, names) || `: it knows ${names.join(', ')}`}`,
    }));
}

/** The keys and values that stand at a path; none where something else does. */
function mapAt(data: unknown, path: readonly string[]): Readonly<Record<string, unknown>> {
  let here = data;
  for (const key of path) here = isMap(here) && Object.hasOwn(here, key) ? here[key] : undefined;
  return isMap(here) ? here : {};
}

function isMap(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
