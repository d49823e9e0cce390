import { type Flaw, shown } from './flaw.ts';
import { type BlockName, blockNames, type Vocabulary, vocabularyOf } from './keywords.ts';
import { nearest } from './suggest.ts';
import { addressFamily } from './values.ts';

/** Words that releases lost, that never were, or that other programs know: what to say of them, and what to write. */
const BYGONE: ReadonlyMap<string, readonly [said: string, remedy: string]> = new Map([
  ['sync_instance', ['keepalived lost it before 1.0', 'Put the instances into a vrrp_sync_group.']],
  ['ICMP_CHECK', ['it was never more than planned', 'Write PING_CHECK (since 2.1.0).']],
  ['smtp_connection_timeout', ['keepalived spells it otherwise', 'Write smtp_connect_timeout.']],
  ['lvs_sync_daemon_inteface', ['keepalived spells it otherwise', 'Write lvs_sync_daemon in global_defs.']],
  ['state_dump_file_location', ['the manual page has it wrong', 'Write state_dump_file (since 2.3.3).']],
  ['stats_dump_file_location', ['the manual page has it wrong', 'Write stats_dump_file (since 2.3.3).']],
  ['json_dump_file_location', ['the manual page has it wrong', 'Write json_dump_file (since 2.3.3).']],
  [
    'includet',
    ['it is not among include, includer, includem, includew, includeb, includea', 'Write include.'],
  ],
]);

/** Words of DPVS, whose keepalived.conf has more than keepalived knows, and of its own dpvs.conf. */
const FORKS: ReadonlySet<string> = new Set(
  (
    'local_address_group laddr_group_name laddr_group deny_address_group blklst_addr_group whtlst_addr_group ' +
    'daddr_group_name waddr_group_name syn_proxy expire_quiescent expire_quiescent_conn quic proxy_protocol ' +
    'hash_target acl_entry rule_all src-range dst-range establish_timeout est_timeout conn_timeout bps limit_proportion tunnel_route ' +
    'netif_defs worker_defs timer_defs neigh_defs ipset_defs ipv4_defs ipv6_defs ctrl_defs ipvs_defs sa_pool'
  ).split(' '),
);

/** Settings that decide a failover or a health check: to lose one is an error. */
const VITAL: ReadonlySet<string> = new Set(
  (
    'state interface virtual_router_id priority advert_int version nopreempt preempt_delay auth_type auth_pass ' +
    'unicast_src_ip notify notify_master notify_backup notify_fault notify_stop notify_up notify_down quorum_up ' +
    'quorum_down script interval timeout weight rise fall process misc_path misc_timeout connect_timeout ' +
    'connect_port connect_ip retry nb_get_retry delay_before_retry delay_loop path status_code digest protocol ' +
    'lb_algo lb_kind lvs_sched lvs_method persistence_timeout quorum hysteresis sorry_server'
  ).split(' '),
);

/**
 * What to say of a word that is no keyword where it stands. `opens`: braces follow, so a whole block is lost;
 * `thorough`: look for the word that was meant.
 */
export function unknownWord(
  vocabulary: Vocabulary,
  words: readonly string[],
  opens: boolean,
  thorough = true,
): Flaw {
  const word = words[0] ?? '';
  const here = placeName(vocabulary.block);
  const flaw = (message: string, remedy: string | undefined, vital: boolean, kind?: Flaw['kind']): Flaw => ({
    kind: kind ?? 'unknown-keyword',
    word: 0,
    message,
    severity: opens || vital ? 'error' : 'warning',
    ...(remedy !== undefined && { remedy }),
  });
  const misspelt = (message: string, instead: string, vital: boolean): Flaw => ({
    ...flaw(message, `Write ${instead}.`, vital),
    instead,
  });
  if (word.startsWith('$')) return definitionFlaw(word, words);
  if (isCommentSign(word))
    return flaw(
      `${shown(word)} starts no comment in keepalived.conf`,
      "Start comments with '#' or '!'.",
      false,
      'foreign-comment',
    );
  const bygone = BYGONE.get(word);
  if (bygone !== undefined)
    return flaw(`'${word}' is no keyword of keepalived: ${bygone[0]}`, bygone[1], false);
  if (FORKS.has(word))
    return flaw(
      `'${word}' belongs to DPVS; keepalived itself does not know it`,
      'Delete it, or run the fork that knows it.',
      false,
    );
  const lower = word.toLowerCase();
  const otherCase =
    word.length < 64 ? vocabulary.names.find((name) => name.toLowerCase() === lower) : undefined;
  if (otherCase !== undefined)
    return misspelt(
      `keepalived knows ${otherCase}, not '${word}': case matters`,
      otherCase,
      VITAL.has(otherCase),
    );
  const homes = homesOf(word);
  if (homes.length > 0) return strayedFlaw(word, vocabulary, here, homes, flaw);
  const meant = thorough ? nearest(word, vocabulary.names) : undefined;
  if (meant !== undefined)
    return misspelt(
      `'${shownWord(word)}' is no keyword of ${here}; ${meant} is`,
      meant,
      VITAL.has(meant) || opensBlock(vocabulary, meant),
    );
  if (addressFamily(word.split('/', 1)[0] ?? '') !== undefined)
    return flaw(
      `the address '${word}' stands where ${here} expects a keyword`,
      'Put it between the braces of the list that it belongs to.',
      true,
    );
  const anywhere = thorough ? nearest(word, allNames()) : undefined;
  return flaw(
    `'${shownWord(word)}' is no keyword of ${here}`,
    anywhere === undefined ? undefined : `Write ${anywhere} ${placesOf(anywhere)}.`,
    false,
  );
}

/** A word that is a keyword, but of another block. */
function strayedFlaw(
  word: string,
  vocabulary: Vocabulary,
  here: string,
  homes: readonly BlockName[],
  flaw: (message: string, remedy: string | undefined, vital: boolean) => Flaw,
): Flaw {
  if (vocabulary.has(`vrrp_${word}`))
    return flaw(
      `'${word}' is no keyword of ${here}; vrrp_${word} is`,
      `Write vrrp_${word}.`,
      VITAL.has(word),
    );
  const replacement = vocabularyOf(homes[0] ?? 'root').keyword(word)?.replacement;
  const fits = replacement !== undefined && vocabulary.has(replacement);
  return flaw(
    `'${word}' is no keyword of ${here}; it belongs ${placesOf(word)}`,
    fits ? `Write ${replacement}.` : 'Move it there, or delete it.',
    VITAL.has(word),
  );
}

/** `$P = 77` defines nothing, and `$P` alone is a use of what nobody defined. */
function definitionFlaw(word: string, words: readonly string[]): Flaw {
  const definition = word.includes('=') || words[1]?.startsWith('=') === true;
  return {
    kind: definition ? 'malformed-value' : 'undefined-variable',
    word: 0,
    message: definition
      ? `${shown(words.slice(0, 3).join(' '))} defines nothing: a name has letters, digits and '_', and no blank stands before '='`
      : `${shown(word)} is defined nowhere above`,
    remedy: 'Write $NAME=VALUE above the first use.',
    severity: 'error',
  };
}

function isCommentSign(word: string): boolean {
  return word.startsWith('//') || word.startsWith(';') || word.startsWith('/*') || word.startsWith('--');
}

function shownWord(word: string): string {
  return word.length > 60 ? `${word.slice(0, 57)}…` : word;
}

function opensBlock(vocabulary: Vocabulary, name: string): boolean {
  const keyword = vocabulary.keyword(name);
  return keyword?.opens !== undefined || keyword?.lists !== undefined;
}

let homes: Map<string, BlockName[]> | undefined;

/** The blocks that know a word. */
function homesOf(word: string): readonly BlockName[] {
  return names().get(word) ?? [];
}

function allNames(): Iterable<string> {
  return names().keys();
}

function names(): Map<string, BlockName[]> {
  if (homes === undefined) {
    homes = new Map();
    for (const block of blockNames()) {
      for (const name of vocabularyOf(block).names) {
        const known = homes.get(name);
        if (known === undefined) homes.set(name, [block]);
        else known.push(block);
      }
    }
  }
  return homes;
}

/** Where a word is a keyword, as a phrase: `in HTTP_GET, SSL_GET`. */
export function placesOf(word: string): string {
  const blocks = homesOf(word);
  if (blocks[0] === 'root') return 'at the top level';
  return `in ${blocks.slice(0, 3).map(placeName).join(', ')}${blocks.length > 3 ? ' and others' : ''}`;
}

/** A block as a person calls it. */
export function placeName(block: BlockName): string {
  if (block === 'root') return 'the top level';
  if (block === 'SMTP_CHECK-host') return "SMTP_CHECK's host";
  return block === 'SSL_GET-url' ? "SSL_GET's url" : block;
}
