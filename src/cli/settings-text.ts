import { stringify } from 'yaml';
import type { Evidence } from '../evidence/evidence.ts';
import type { Host } from '../model/cluster.ts';

/** The settings that say what was found, with a word on each part. */
export function settingsText({ sources }: Evidence, hosts: readonly Host[]): string {
  const found = hosts.map(({ name, roles, ownAddresses }) => {
    const [role, second] = [...roles];
    return [
      name,
      {
        ...(role !== undefined && second === undefined && { role }),
        files: sources
          .filter(({ host, origin }) => host === name && origin.path !== '-')
          .map((source) => source.name),
        ...(ownAddresses.size > 0 && { addresses: [...ownAddresses] }),
      },
    ] as const;
  });
  return [
    '# Settings of lvsdoctor. Every part is optional; paths start at this file.',
    '# A host: role (director or real-server), files, its own addresses, ssh (user@address).',
    stringify(
      { hosts: Object.fromEntries(found) },
      { flowCollectionPadding: false, lineWidth: 110 },
    ).trimEnd(),
    '',
    '# What the files are meant to run on:',
    "# target: { keepalived: '2.2.8', kernel: '5.14' }",
    '',
    '# The least severity that makes lvsdoctor lint fail: error, warning or info.',
    'failOn: warning',
    '',
    '# A severity for a rule or a topic, or off, and thresholds; lvsdoctor rules lists them all.',
    '# rules: { security/plaintext-auth: off, ipvs/weight-skew: { ratio: 20 } }',
    '',
  ].join('\n');
}
