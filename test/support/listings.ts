import { readListing } from '../../grammars/listings/read.ts';
import { sourceOf } from './source.ts';

/* As ipvsadm 1.31 prints on a kernel 6.1, blanks at line ends included. */

const TITLE = 'IP Virtual Server version 1.2.1 (size=4096)\n';

export const TABLE = `${TITLE}Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
FWM  -294967296 rr (flag-3)
TCP  192.0.2.10:80 wrr persistent 300 mask 255.255.255.0
  -> 10.0.0.1:80                  Route   3      0          0         
  -> 10.0.0.2:8080                Masq    0      12         345       
  -> 10.0.0.3:80                  Tunnel  2147483647 0          0         
UDP  192.0.2.10:5060 rr persistent 60 pe sip ops
SCTP 192.0.2.10:36412 sh (sh-port)
UDP  192.0.2.10:53 sh ()
TCP  [2001:db8::10]:443 sh (sh-fallback) persistent 360 mask 64
  -> [2001:db8::2]:443            Masq    1      0          0         
FWM  6 IPv6 mh (mh-fallback,mh-port)
  -> [2001:db8::2]:0              Route   1      0          0         
`;

export const TUNNELS = `${TITLE}Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn
TCP  192.0.2.10:80 wrr persistent 300 mask 255.255.255.0
  -> 10.0.0.1:80                  Route   n/a           3      0          0         
  -> 10.0.0.3:80                  Tunnel  ipip          2147483647 0          0         
  -> 10.0.0.4:80                  Tunnel  gue:6080:r+c  1      0          0         
  -> 10.0.0.5:80                  Tunnel  gre:-c        1      0          0         
`;

export const STATS = `${TITLE}Prot LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes
  -> RemoteAddress:Port
TCP  127.0.0.1:8000                      1     2080     4062   108484  263110K
  -> 127.0.0.1:9000                      1     2080     4062   108484  263110K
TCP  [::1]:8000                          1       32       71     2478  3151014
FWM  6 IPv6                              0        0        0        0        0
  -> [2001:db8::2]:0                     0        0        0        0        0
`;

export const RATE = `${TITLE}Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS
  -> RemoteAddress:Port
TCP  127.0.0.1:8000                      0      179      348     9350 22569890
  -> 127.0.0.1:9000                      0      179      348     9350 22569890
`;

export const THRESHOLDS = `${TITLE}Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn 
  -> RemoteAddress:Port
TCP  192.0.2.10:80 wrr persistent 300 mask 255.255.255.0
  -> 10.0.0.1:80                  100        50         0          4         
`;

export const PERSISTENT = `${TITLE}Prot LocalAddress:Port            Weight    PersistConn ActiveConn InActConn 
  -> RemoteAddress:Port
TCP  192.0.2.10:80 wrr persistent 300 mask 255.255.255.0
  -> 10.0.0.3:80                  2147483647 7           0          0         
`;

export const NAMES = `${TITLE}Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  a-very-long-host-name-for-a- rr persistent 360
  -> n26-abcdefghijklmnopqrstuv:h Route   1      0          0         
TCP  localhost:8000 rr persistent 300
  -> localhost:http-alt           Masq    1      0          1         
  -> web1:made-up                 Masq    1      0          1         
TCP  [six.example.org]:http rr
`;

export const CONNECTIONS = `IPVS connection entries
pro expire state       source             virtual            destination        pe name          pe_data
UDP 00:56  NONE        10.9.0.1:0         10.9.0.1:5060      127.0.0.1:5061   sip                abc-123@host
TCP 01:56  TIME_WAIT   [::1]:55340        [::1]:8000         [::1]:9000
TCP 44640:00 ASSURED     127.0.0.1:0        127.0.0.1:8000     127.0.0.1:9000
IP  04:53  NONE        10.1.0.2:0         0.0.0.5:0          10.2.0.2:0
`;

export const TIMEOUTS = 'Timeout (tcp tcpfin udp): 900 120 300\n';

export const DAEMONS = `master sync daemon (mcast=v0, syncid=7, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)
backup sync daemon (mcast=eth0.100, syncid=0)
`;

/** A listing as a running director prints it. */
export const read = (text: string) => readListing(sourceOf(text, 'ipvsadm-listing', { basis: 'observed' }));
