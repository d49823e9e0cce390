import { WrongUse } from './exit.ts';

/** Refuses options that are said twice, of which neither is surely meant, and options that do not go together. */
export function checkOptions(args: Readonly<Record<string, unknown>>): true {
  const twice = [
    'as',
    'render',
    'target',
    'fail-on',
    'settings',
    'snapshot',
    'inventory',
    'symptom',
    'baseline',
    'write-baseline',
    'changed-since',
    'jobs',
    'watch',
    'deadline',
    'output',
    'client',
    'timeline',
    'request',
    'uri',
    'site',
    'payload',
    'to',
    'identify',
    'requests',
    'fault',
    'master',
    'runs',
    'hold',
    'per-year',
  ].find((name) => Array.isArray(args[name]));
  if (twice !== undefined) throw new WrongUse(`--${twice} is given twice`, true);
  if (args['fix'] && args['diff'])
    throw new WrongUse('--fix writes and --diff does not: take one of them', true);
  const repairs = Boolean(args['fix'] || args['diff']);
  if (args['unsafe'] && !repairs)
    throw new WrongUse('--unsafe says more of --fix or --diff: add one of them', true);
  const change = args['staged'] ? '--staged' : '--changed-since';
  const isOfChange = Boolean(args['staged']) || args['changed-since'] !== undefined;
  if (args['staged'] && args['changed-since'] !== undefined)
    throw new WrongUse('--staged and --changed-since name two changes: take one of them', true);
  if (isOfChange && (repairs || args['write-baseline'] !== undefined))
    throw new WrongUse(`${change} only reports: leave --fix, --diff and --write-baseline out`, true);
  if (args['write-baseline'] !== undefined && repairs)
    throw new WrongUse(
      '--write-baseline keeps what is found and --fix and --diff repair it: take one of them',
      true,
    );
  if (args['write-baseline'] !== undefined && typeof args['baseline'] === 'string')
    throw new WrongUse('--write-baseline keeps what its own file says: leave --baseline out', true);
  const paths = args['path'];
  if (repairs && Array.isArray(paths) && paths.includes('/dev/stdin'))
    throw new WrongUse('standard input cannot be repaired: name the file', true);
  return true;
}
