import { type Fix, reviewedFix, worded } from '../../src/evidence/fix.ts';
import { defineRule } from '../../src/judge/rule.ts';
import type { SetupScript } from '../../src/model/commands.ts';
import { type NeedlessStep, needlessSteps } from '../../src/model/needless-steps.ts';
import { scriptName, scriptRuns } from '../../src/model/script-run.ts';

const EFFECTS: Readonly<Record<NeedlessStep['kind'], (name: string, script: string) => string>> = {
  route: (vip) => `the route to ${vip} is needless: the address brings a local route of its own`,
  broadcast: (vip) => `broadcast ${vip} does nothing for an address of /32`,
  forwarding: (host) =>
    `${host} forwards for no reason: neither DR nor TUN needs it, and the host becomes a router`,
  unused: (variable, script) => `${script} sets ${variable} and never uses it`,
  'no-stop': (vip, script) => `${script} raises VIP ${vip} and has no step that takes it down`,
  'bash-only': (word, script) =>
    `${script} asks for sh, and ${word} is known to bash only: it stops here where sh is dash`,
};

export default defineRule({
  id: 'script/needless-or-risky-step',
  severity: 'info',
  title: 'a script does more than it needs to, or less than it looks like',
  why: 'Steps without effect hide those that matter, and the next person copies them.',
  remedy: 'Delete the step, or finish it.',
  needs: ['scripts', 'commands'],
  check(cluster, report) {
    for (const host of cluster.hosts) {
      for (const run of scriptRuns(host)) {
        for (const { kind, name, at, others } of needlessSteps(cluster.whole, host, run))
          report({
            host,
            about: run.script,
            at,
            message: EFFECTS[kind](name, scriptName(run.script)),
            related: others.slice(0, 3).map((other) => ({ at: other, message: 'and this' })),
            ...(kind === 'no-stop' && { remedy: 'Add a branch for stop: ip addr del VIP/32 dev lo.' }),
            ...(kind === 'bash-only' && {
              severity: 'warning',
              why: 'On Debian and Ubuntu /bin/sh is dash: the script ends with a syntax error and the rest is never set up.',
              remedy: 'Write #!/bin/bash in the first line.',
              fix: bashFix(run.script),
            }),
          });
      }
    }
  },
});

function bashFix({ place: { source } }: SetupScript): Fix | undefined {
  const [line = ''] = /^#!\/bin\/sh(?=\s)/.exec(source.text) ?? [];
  const at = { place: { source, range: { start: 0, end: line.length } } };
  return reviewedFix('write #!/bin/bash', line === '' ? undefined : worded(at, line, '#!/bin/bash'));
}
