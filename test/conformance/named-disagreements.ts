/** Keywords that no generated file has: what keepalived says of them depends on the machine or on how it was built. */
const OF_THE_MACHINE_ALONE: ReadonlyMap<string, string> = new Map([
  ['net_namespace', 'the namespace has to be there; else keepalived puts nothing together'],
  ['vrrp_iptables', 'Debian builds keepalived without iptables'],
  ['vrrp_ipsets', 'Debian builds keepalived without ipsets'],
  ...['vrrp', 'checker', 'bfd'].map((name) => [`${name}_cpu_affinity`, 'which CPUs there are'] as const),
  ['config_save_dir', 'keepalived copies files there'],
  ['tmp_config_directory', 'keepalived copies files there'],
]);

/** Whether a keyword is left out. */
export function isOfTheMachine(name: string): boolean {
  return OF_THE_MACHINE_ALONE.has(name);
}

/** What the machine decides: interfaces where a damaged line switched `dynamic_interfaces` off, programs, users. */
const OF_THE_MACHINE =
  /SECURITY VIOLATION|interface \S+ .*doesn't exist|Non-existent interface|nknown interface|onfig files missing|not found\/accessible|Invalid (?:startup|shutdown) script|script uid\/gid|default user/;

/** Leaves out what the machine decides, and what follows from a script that it takes away. */
export function ofTheFile(lines: readonly string[]): readonly string[] {
  const lost = new Set(lines.flatMap((line) => /default user for vrrp script (\S+)/.exec(line)?.[1] ?? []));
  return lines.filter((line) => {
    const track = /track script (\S+) not found, ignoring/.exec(line)?.[1];
    return line.trim() !== '' && !OF_THE_MACHINE.test(line) && !(track !== undefined && lost.has(track));
  });
}

/** A construct on which keepalived 2.2.7 and the tool are known to differ, and all that it explains. */
interface Disagreement {
  readonly says: 'keepalived alone' | 'the tool alone';
  /** What stands in the file, or what the tool finds in it. */
  readonly where: RegExp;
  /** The one complaint that it leads to. */
  readonly complaint: RegExp;
  readonly reason: string;
}

const CROWDED = /stands on the line of/;
const OFF_IS_ON = /^vrrp_strict\s+(?!"?(?:on|true|yes)\b)\S/m;
const NOTHING_INCLUDED = /^include (?:nothing-here|.*,nothing\})/m;
const LAST_BACKSLASH = /\s\\$/m;
const JOINED = 'between blanks and the end of a line 2.2.7 joins a backslash with the word in front of it';

const DISAGREEMENTS: readonly Disagreement[] = [
  {
    says: 'the tool alone',
    where: /^\/\/ \}$/m,
    complaint: /unbalanced|brace|\}|'\/\//,
    reason:
      "in a list keepalived takes '//' for an item and its brace for the end; the tool takes the line for a comment",
  },
  {
    says: 'keepalived alone',
    where: OFF_IS_ON,
    complaint: /Strict mode|strict mode|must match being address owner/,
    reason: 'the tool says that 2.2.7 reads it as on, and judges the rest of the file as it was meant',
  },
  {
    says: 'keepalived alone',
    where: /^virtual_server group /m,
    complaint: /server \[g1\]:0: cannot use ha_suspend|server \[g1\]:0, .*port will be ignored/i,
    reason: 'what the firewall mark of a group has no use for: the tool says it of marks without a group',
  },
  {
    says: 'keepalived alone',
    where: CROWDED,
    complaint:
      /Invalid tunnel option \w+ for|no protocol set|no forwarding method set|virtual router id must be set/,
    reason: 'the tool says that two statements stand on a line, and reads on with the second one',
  },
  {
    says: 'the tool alone',
    where: CROWDED,
    complaint: /does nothing without/,
    reason: 'the tool reads on with the second statement, which keepalived never sees',
  },
  {
    says: 'keepalived alone',
    where: /^weight /m,
    complaint: /exceeds total weight of real servers 0,|hysteresis 0 >= quorum 0;/,
    reason: 'all weights are 0, which the tool says as that',
  },
  {
    says: 'keepalived alone',
    where: /^smtp_server\s+"?[a-z][a-z0-9.-]*[g-z]/im,
    complaint: /Invalid smtp server/,
    reason: 'which name is a mail server the resolver of the machine decides',
  },
  {
    says: 'keepalived alone',
    where: NOTHING_INCLUDED,
    complaint:
      /not configured|doesn't exist - ignoring|not found$|no track_file specified|due to SYNC group|multicast destination specified with unicast/,
    reason:
      'an include that finds nothing: what it holds on the real machine nobody knows, so the tool judges less',
  },
  {
    says: 'keepalived alone',
    where: LAST_BACKSLASH,
    complaint: /\\(?:'|$| - )/,
    reason: JOINED,
  },
  { says: 'the tool alone', where: LAST_BACKSLASH, complaint: /'\\'/, reason: JOINED },
  {
    says: 'the tool alone',
    where: /^global_defs\b[^{\n]*\n\n/,
    complaint: /no '\{' follows global_defs/,
    reason: 'the file ends behind the word, and nothing is left that keepalived misreads',
  },
];

/** Whether all that one of them complains of alone follows from constructs that have a name. */
export function isNamedDisagreement(
  text: string,
  said: readonly string[],
  told: readonly string[],
  found: readonly string[],
): boolean {
  const says = said.length > 0 ? 'keepalived alone' : 'the tool alone';
  const all = [text, ...found].join('\n');
  const known = DISAGREEMENTS.filter((each) => each.says === says && each.where.test(all));
  return (said.length > 0 ? said : told).every((line) => known.some(({ complaint }) => complaint.test(line)));
}
