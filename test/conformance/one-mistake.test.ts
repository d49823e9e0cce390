import { describe, expect, test } from 'vitest';
import { findingsOf, lineOf } from '../support/oracle.ts';

const SERVICE = `virtual_server 192.0.2.100 80 {
    delay_loop 6
    lb_algo rr
    lb_kind NAT
    protocol TCP
    real_server 192.0.2.21 80 {
        TCP_CHECK {
            connect_timeout 3
        }
    }
    real_server 192.0.2.22 80 {
        TCP_CHECK {
            connect_timeout 3
        }
    }
}
`;

/** What is said at warning or above: `line: message`. */
function alarms(text: string): string[] {
  return findingsOf(text)
    .filter(({ severity }) => severity !== 'info')
    .map((finding) => `${lineOf(finding)}: ${finding.message}`);
}

describe('one mistake, one message', () => {
  test('none in a sound file', () => expect(alarms(SERVICE)).toEqual([]));

  test('a misspelled TCP_CHECK, of which keepalived prints three lines', () => {
    expect(alarms(SERVICE.replace('TCP_CHECK', 'TCP_CHEK'))).toEqual([
      "7: 'TCP_CHEK' is no keyword of real_server; TCP_CHECK is",
    ]);
  });

  test('a missing brace, for which keepalived names no line', () => {
    expect(alarms(SERVICE.replace('        }\n    }\n', '    }\n'))).toEqual([
      expect.stringMatching(/^[67]: the '\{' of '.*' is never closed$/),
    ]);
  });

  test('a backslash before a comment sign is lost with the comment', () => {
    const text = `vrrp_instance VI_1 {
    interface eth0
    virtual_router_id 61
    authentication {
        auth_type PASS
        auth_pass pa\\#ss
    }
    virtual_ipaddress {
        192.0.2.100/24
    }
}
`;
    const said = findingsOf(text).filter(({ rule }) => rule === 'vrrp/auth-pass-cut-by-comment');
    expect(said.map(({ message }) => message)).toEqual([
      'the password of VI_1 ends at a comment sign after 2 characters',
    ]);
  });
});
