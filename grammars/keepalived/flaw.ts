import type { Fault } from '../tree.ts';
import type { BlockName, Keyword } from './keywords.ts';

/** A fault of a line's text, without its place: lines of equal text share it. */
export interface Flaw extends Omit<Fault, 'at' | 'related' | 'fix'> {
  /** The word to point at; past the last word, the whole line. */
  readonly word: number;
  readonly severity: 'error' | 'warning' | 'info';
  /** The word to write in the place of that one, where only one can be meant. */
  readonly instead?: string;
  /** keepalived takes the two for the same: to write the other changes nothing. */
  readonly alike?: true;
}

/** A value that keepalived does not take as it stands. */
export function malformed(word: number, message: string, remedy?: string, severity?: Flaw['severity']): Flaw {
  return {
    kind: 'malformed-value',
    word,
    message,
    severity: severity ?? 'warning',
    ...(remedy !== undefined && { remedy }),
  };
}

/** A value in the place of which only one word can be meant. */
export function misspelt(word: number, message: string, instead: string, severity?: Flaw['severity']): Flaw {
  return { ...malformed(word, message, `Write ${instead}.`, severity), instead };
}

/** A flaw that keepalived (2.2.7) says nothing of. */
export function silently(flaw: Flaw): Flaw {
  return { ...flaw, silent: true };
}

/** What goes out of service with a value, where that is more than the line itself (vrrp.c, check_data.c, bfd_data.c). */
const EFFECTS: ReadonlyMap<string, string> = new Map([
  ['root/vrrp_instance', 'keepalived leaves the instance out'],
  ['root/vrrp_sync_group', 'keepalived leaves the group out'],
  ['root/vrrp_script', 'keepalived drops the script'],
  ['root/virtual_server', 'keepalived leaves this virtual server out'],
  ['root/virtual_server_group', 'keepalived does not start'],
  ['virtual_server/real_server', 'keepalived leaves this real server out'],
  ['virtual_server/sorry_server', 'there is no sorry server'],
  ['vrrp_instance/virtual_router_id', 'the instance has no id and keepalived does not start'],
  ['vrrp_instance/interface', 'the instance has no interface and keepalived does not start'],
  ['authentication/auth_type', 'adverts carry no password'],
  ['bfd_instance/neighbor_ip', 'keepalived leaves this BFD instance out'],
  ['bfd_instance/neighbour_ip', 'keepalived leaves this BFD instance out'],
  ['vrrp_script/script', 'keepalived drops the script and tracks nothing'],
  ['track_file/file', 'keepalived drops the file and tracks nothing'],
  ['MISC_CHECK/misc_path', 'keepalived drops the check and the server counts as healthy for ever'],
  ['FILE_CHECK/track_file', 'keepalived drops the check'],
  ['BFD_CHECK/name', 'keepalived drops the check'],
  ['real_server/lvs_method', 'the virtual server decides'],
]);

/** What keepalived does with a line whose value it does not take. */
export function effectOf(keyword: Keyword, block: BlockName): string {
  const effect = EFFECTS.get(`${block}/${keyword.name}`);
  if (effect !== undefined) return effect;
  if (keyword.standard !== undefined) return `keepalived uses ${keyword.standard}`;
  return 'keepalived ignores the line';
}

/** A name that was never defined (`$VIP`, `${VIP}`): keepalived leaves it as text. Undefined where there is none. */
export function unresolvedName(text: string): string | undefined {
  const at = text.indexOf('$');
  if (at === -1 || at + 1 === text.length) return undefined;
  const braced = text[at + 1] === '{';
  let end = at + (braced ? 2 : 1);
  const from = end;
  while (end < text.length && isNameSign(text.charCodeAt(end), end > from)) end++;
  if (end === from || (braced && text[end] !== '}' && text[end] !== ' ')) return undefined;
  return text.slice(from, end);
}

function isNameSign(code: number, inside: boolean): boolean {
  return (
    (code >= 65 && code <= 90) ||
    (code >= 97 && code <= 122) ||
    code === 95 ||
    (inside && code >= 48 && code <= 57)
  );
}

/** `${_RANDOM 1 5}`, `${_ENV HOME}`: what stands there is decided when the file is read. */
export function isDecidedLater(text: string): boolean {
  return text.includes('${_');
}

/** The flaw of a value that still holds a name nobody defined. */
export function undefinedVariable(word: number, name: string): Flaw {
  return {
    kind: 'undefined-variable',
    word,
    message: `$${name} is defined nowhere above, so keepalived takes it for text`,
    remedy: `Define it above with $${name}=VALUE, or fill the template in before keepalived reads it.`,
    severity: 'error',
  };
}

/** A text for a message: quoted, and cut where it is long. */
export function shown(text: string): string {
  return text.length > 60 ? `'${text.slice(0, 57)}…'` : `'${text}'`;
}
