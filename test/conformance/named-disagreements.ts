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

/** What the machine decides: interfaces where a damaged line switched `dynamic_interfaces` off, programs. */
export const OF_THE_MACHINE =
  /SECURITY VIOLATION|interface \S+ .*doesn't exist|Non-existent interface|nknown interface|onfig files missing|not found\/accessible|Invalid (?:startup|shutdown) script|script uid\/gid|default user/;

/** Generated files on which keepalived 2.2.7 and the tool are known to differ: by what stands in them, and why. */
const DISAGREEMENTS: readonly { readonly where: RegExp; readonly reason: string }[] = [
  {
    where: /^\/\/ \}$/m,
    reason:
      "in a list keepalived takes '//' for an item and its brace for the end; the tool takes the line for a comment",
  },
  {
    where: /^vrrp_strict\s+(?!"?(?:on|true|yes)\b)\S/m,
    reason: 'the tool says that 2.2.7 reads it as on, and judges the rest of the file as it was meant',
  },
  {
    where: /Virtual server \[g1\]:0: cannot use ha_suspend|\[g1\]:0, .* port will be ignored/i,
    reason: 'what the firewall mark of a group has no use for: the tool says it of marks without a group',
  },
  {
    where: /stands on the line of/,
    reason:
      'two statements on a line: the tool says so and reads on as it was meant, keepalived misses what is lost',
  },
  {
    where: /^script_user (?!root$)/m,
    reason: 'who is a user the machine decides, and all scripts fall with it',
  },
  {
    where: /exceeds total weight of real servers 0,/,
    reason: 'all weights are 0, which the tool says as that',
  },
  {
    where: /Invalid smtp server/,
    reason: 'which name is a mail server the resolver of the machine decides',
  },
  {
    where: /nothing-here|,nothing\}/,
    reason:
      'an include that finds nothing: what it holds on the real machine nobody knows, so the tool judges less',
  },
  {
    where: /\\$/m,
    reason: 'between blanks and the end of a line 2.2.7 joins a backslash with the word in front of it',
  },
];

/** Whether a disagreement about a file has a name: by its text, or by what keepalived or the tool say. */
export function isNamedDisagreement(
  text: string,
  said: readonly string[],
  found: readonly string[],
): boolean {
  const all = [text, ...said, ...found].join('\n');
  return DISAGREEMENTS.some(({ where }) => where.test(all));
}
