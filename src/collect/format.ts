import type { Format } from '../evidence/source.ts';
import { isTemplate, renderedName } from './template.ts';

/** Every format that `--as` accepts. */
export const FORMATS: readonly Format[] = [
  'keepalived.conf',
  'ipvsadm-save',
  'sysctl',
  'script',
  'haproxy.cfg',
  'nginx.conf',
  'manifest',
];

const KEEPALIVED_NAME = /^keepalived[\w.-]*\.(?:conf|cfg)|[-_.]keepalived\.(?:conf|cfg)$/;
const SYSCTL_NAME = /^(?:.*[-_.])?sysctl(?:[-_.].*)?\.conf$|\.sysctl$/;
const SYSCTL_FOLDER = /(?:^|\/)sysctl\.d\/[^/]+\.conf$/;
const TABLE_NAME = /ipvsadm.*\.(?:rules|save|dump)$|sysconfig\/ipvsadm$/;
const HAPROXY_NAME = /^haproxy[\w.-]*\.(?:cfg|conf)$|[-_.]haproxy\.(?:cfg|conf)$/;
const NGINX_NAME = /^nginx[\w.-]*\.conf$|[-_.]nginx\.conf$/;
const SCRIPT_NAME = /\.(?:sh|bash|dash|ksh)$|(?:^|\/)(?:rc\.local|init\.d\/[^/.]+)$/;

/** The format that a path alone tells; undefined where only the content can. */
export function formatOfName(path: string): Format | undefined {
  const lower = path.toLowerCase();
  const name = lower.slice(lower.lastIndexOf('/') + 1);
  if (SCRIPT_NAME.test(lower)) return 'script';
  if (KEEPALIVED_NAME.test(name)) return 'keepalived.conf';
  if (SYSCTL_FOLDER.test(lower) || SYSCTL_NAME.test(name)) return 'sysctl';
  if (HAPROXY_NAME.test(name)) return 'haproxy.cfg';
  if (NGINX_NAME.test(name)) return 'nginx.conf';
  return TABLE_NAME.test(lower) ? 'ipvsadm-save' : undefined;
}

/** The same; a template's is that of what it becomes. */
export function formatOfPath(path: string): Format | undefined {
  return formatOfName(path) ?? (isTemplate(path) ? formatOfName(renderedName(path)) : undefined);
}

const SHEBANG = /^\ufeff?#!.*(?:\b(?:ba|da|a|k|mk|z)?sh\b|openrc-run)/;
const KEEPALIVED_BLOCK =
  /^\ufeff?[ \t]*(?:@\^?\S+[ \t]+)?(?:global_defs|vrrp_(?:instance|script|sync_group|track_process|track_file)|virtual_server(?:_group)?|static_(?:ipaddress|routes|rules)|bfd_instance|garp_group|track_file|linkbeat_interfaces)\b[^\n=;()]*$/m;
const TABLE_LINE =
  /^\ufeff?[ \t]*(?:ipvsadm[ \t]+)?(?:-[AaEe]|--(?:add|edit)-(?:service|server))[ \t]*(?:-[tuf]|--(?:tcp|udp|sctp|fwmark)-service)/m;
const KERNEL_LINE = /^\ufeff?[ \t]*-?(?:net|kernel|vm|fs|dev|debug|user|abi|crypto)[./][\w./*@:-]+[ \t]*=/m;
const HAPROXY_SECTION =
  /^(?:frontend|backend|listen)[ \t]+[\w.-]{1,100}[^\n;{}]{0,200}\n(?:[^\n;{}]{0,300}\n){0,20}?[ \t]+(?:bind|server|mode)[ \t]/m;
const NGINX_BLOCK =
  /^[ \t]*(?:server|upstream[ \t]+[\w.-]{1,100})[ \t]*\{[^{}]{0,2000}?\b(?:listen|server)[ \t]+[^;{}\n]{1,200};/m;
/** Of all manifests only those that have to do with addresses: kube-proxy's own, announcers, and keepalived in a container. */
const MANIFEST =
  /^[ \t]*kind:[ \t]*(?:KubeProxyConfiguration|L2Advertisement)[ \t]*$|^[ \t-]*image:[ \t]*["']?[\w./:@-]{0,200}(?:keepalived|kube-vip)/m;
const SHELL_LINE =
  /^[ \t]*(?:(?:export[ \t]+)?\w+=|echo[ \t]|if[ \t]|for[ \t]|case[ \t]|(?:\/\S*\/)?(?:ipvsadm|sysctl|modprobe|ip|ifconfig|route|arptables|iptables)[ \t])/m;

/** The format that a text's own lines tell. */
export function formatOfContent(text: string): Format | undefined {
  if (SHEBANG.test(text)) return 'script';
  if (KEEPALIVED_BLOCK.test(text)) return 'keepalived.conf';
  if (KERNEL_LINE.test(text)) return 'sysctl';
  if (MANIFEST.test(text)) return 'manifest';
  if (HAPROXY_SECTION.test(text)) return 'haproxy.cfg';
  if (NGINX_BLOCK.test(text)) return 'nginx.conf';
  if (TABLE_LINE.test(text)) return usesShell(text) ? 'script' : 'ipvsadm-save';
  return SHELL_LINE.test(text) && touchesCluster(text) ? 'script' : undefined;
}

/** `ipvsadm -R` knows neither variables nor other programs; a text with them is a shell's. */
function usesShell(text: string): boolean {
  return /\$[\w{(]|^[ \t]*(?:(?:export[ \t]+)?\w+=|echo[ \t]|(?:ip|sysctl|ifconfig|route)[ \t])/m.test(text);
}

/** True where a script has anything to do with a cluster: a folder's other scripts are none of our business. */
export function touchesCluster(text: string): boolean {
  return /\bipvsadm\b|\/proc\/sys\/net\/|\bsysctl\b|\bnet\.ipv[46]\.|\bip[ \t]+(?:-\w+[ \t]+)*(?:a|ad\w*|r|ro\w*|l|li\w*)[ \t]|\bifconfig\b|\barptables\b/.test(
    text,
  );
}

/** What a file is that looks like ours and cannot be judged as it stands. */
export function unfitness(text: string): string | undefined {
  return /^IP Virtual Server version /m.test(text)
    ? 'it is a listing of ipvsadm -L: save the table with ipvsadm-save -n instead'
    : undefined;
}

/** Names that a folder holds beside the real thing. */
const COPY_NAME =
  /^[.#]|^readme|~$|\.(?:bak|backup|orig|old|rpm(?:save|new|orig)|dpkg-\w+|ucf-\w+|sw[op]|tmp|disabled|sample|example|md|rst|html)$/i;

/** True for a file that is left alone in a folder and judged only when it is named: an old copy, an example. */
export function isCopy(name: string): boolean {
  return COPY_NAME.test(name);
}

/** True where a file of a folder is worth a look inside although its name tells nothing. */
export function mayBeOurs(name: string): boolean {
  return !name.includes('.') || /\.(?:conf|cfg|rules|save|lvs|ipvs|ya?ml)(?:[-_.][\w-]+)?$/i.test(name);
}
