import type { Argv, Options } from 'yargs';
import { checkOptions } from './option-check.ts';
import { lintOptions, lookOptions } from './options.ts';

/** What all tests of `verify` take. */
const verifyOptions = {
  host: {
    type: 'string',
    requiresArg: true,
    array: true,
    describe: 'a host of the cluster: [USER@]HOST[:PORT], or a name of the settings; repeatable',
    defaultDescription: 'hosts of the settings that have ssh',
  },
  local: lookOptions.local,
  inventory: lookOptions.inventory,
  client: {
    type: 'string',
    requiresArg: true,
    describe: 'the machine that plays the client, by ssh',
    defaultDescription: 'the settings, else this one',
  },
  timeline: {
    type: 'string',
    requiresArg: true,
    describe: 'write what was done and seen to this file, as JSON',
  },
  'dry-run': { type: 'boolean', describe: 'show what would be done, and do nothing' },
  deadline: { ...lookOptions.deadline, describe: 'seconds for the look at all hosts' },
  'show-commands': {
    type: 'boolean',
    describe: 'print every command that verify runs on a host, and run none',
  },
  format: lintOptions.format,
  advice: lintOptions.advice,
  settings: lintOptions.settings,
} as const satisfies Record<string, Options>;

/** The options of `verify distribution`, in the order of its help. */
export const distributionOptions = {
  request: {
    type: 'string',
    requiresArg: true,
    choices: ['http', 'https', 'tcp'],
    describe: 'what is sent',
    defaultDescription: 'by the port',
  },
  uri: { type: 'string', requiresArg: true, describe: 'what is asked for', defaultDescription: '/' },
  site: { type: 'string', requiresArg: true, describe: 'the name of the site (Host, SNI)' },
  payload: {
    type: 'string',
    requiresArg: true,
    describe: 'what a datagram to a UDP service carries, in hexadecimal',
  },
  to: {
    type: 'string',
    requiresArg: true,
    describe: 'ADDRESS:PORT of a service that is a firewall mark',
  },
  identify: {
    type: 'string',
    requiresArg: true,
    describe: 'what tells who answered: header:NAME, body or tls-cert',
  },
  requests: {
    type: 'string',
    requiresArg: true,
    describe: 'so many for each service',
    defaultDescription: 'what finds a skew of a tenth',
  },
  ...verifyOptions,
} as const satisfies Record<string, Options>;

/** For failovers only: what they cost in a year. */
const yearOption = {
  'per-year': {
    type: 'string',
    requiresArg: true,
    describe: 'so many failovers a year, for the downtime that they cost',
    default: '12',
  },
} as const satisfies Record<string, Options>;

/** What the tests of `verify` take that disturb a cluster. */
const disturbingOptions = {
  yes: { type: 'boolean', describe: 'do not ask; needs --allow-disruption' },
  'allow-disruption': { type: 'boolean', describe: 'with --yes: clients may notice what is done' },
} as const satisfies Record<string, Options>;

/** The options of `verify failover`, in the order of its help. */
export const failoverOptions = {
  fault: {
    type: 'string',
    requiresArg: true,
    choices: ['stop', 'crash', 'link', 'isolate'],
    default: 'stop',
    describe: 'stop keepalived, cut all its packets, set its link down, or drop the adverts',
  } as const,
  master: {
    type: 'string',
    requiresArg: true,
    describe: 'the director that fails',
    defaultDescription: 'the one that holds VIPs',
  },
  runs: {
    type: 'string',
    requiresArg: true,
    default: '1',
    describe: 'so many failovers, one after the other',
  },
  hold: {
    type: 'string',
    requiresArg: true,
    describe: 'seconds from the fault to its undo',
    defaultDescription: 'what the takeover needs',
  },
  ...yearOption,
  ...disturbingOptions,
  ...verifyOptions,
} as const satisfies Record<string, Options>;

/** The options of `verify real-server`, in the order of its help. */
export const realServerOptions = {
  fault: {
    type: 'string',
    requiresArg: true,
    choices: ['stop', 'drop'],
    default: 'stop',
    describe: 'connections are refused, or nobody answers them',
  } as const,
  hold: {
    type: 'string',
    requiresArg: true,
    describe: 'seconds from the fault to its undo',
    defaultDescription: 'what the check needs',
  },
  ...disturbingOptions,
  ...verifyOptions,
} as const satisfies Record<string, Options>;

/** The options of `verify judge`, in the order of its help. */
export const judgeOptions = {
  ...yearOption,
  format: lintOptions.format,
  advice: lintOptions.advice,
  settings: lintOptions.settings,
} as const satisfies Record<string, Options>;

export function realServerCommand(yargs: Argv) {
  return yargs
    .usage('verify real-server')
    .positional('server', {
      type: 'string',
      describe: 'the host or the address of the real server that fails',
      defaultDescription: 'the first one that has a check and a companion',
    })
    .options(realServerOptions)
    .check(checkOptions)
    .epilogue(
      'Exit code: 0 all as expected, 1 findings, 2 wrong use, 3 something could not be judged, 5 it was refused or stopped, or its undo is not confirmed.',
    );
}

export function distributionCommand(yargs: Argv) {
  return yargs
    .usage('verify distribution')
    .positional('service', {
      type: 'string',
      array: true,
      describe: 'ADDRESS[:PORT] of virtual services',
      defaultDescription: 'every one that a director holds',
    })
    .options(distributionOptions)
    .check(checkOptions)
    .epilogue(
      'Exit code: 0 all as expected, 1 findings, 2 wrong use, 3 something could not be judged, 5 it was stopped.',
    );
}

export function failoverCommand(yargs: Argv) {
  return yargs
    .usage('verify failover')
    .options(failoverOptions)
    .check(checkOptions)
    .epilogue(
      'Exit code: 0 all as expected, 1 findings, 2 wrong use, 3 something could not be judged, 5 it was refused or stopped, or its undo is not confirmed.',
    );
}

export function judgeCommand(yargs: Argv) {
  return yargs
    .usage('verify judge')
    .positional('file', {
      type: 'string',
      array: true,
      demandOption: true,
      describe: 'what --timeline wrote; - is standard input',
    })
    .options(judgeOptions)
    .check(checkOptions)
    .epilogue(
      'Exit code: 0 all as expected, 1 findings, 2 wrong use, 3 something could not be read or judged, 5 the test was stopped, or its undo is not confirmed.',
    );
}
