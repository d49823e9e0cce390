import { describe, expect, test } from 'vitest';
import { check, expectFaults, inInstance, inServer, inService } from '../support/faults.ts';
import { readMarks } from '../support/marks.ts';

describe('several keywords on one line', () => {
  test.each<[string, string]>([
    ['a value lost', inInstance('virtual_router_id 51 <|priority|> 150')],
    ['a block on one line', inInstance('authentication { auth_type PASS <|auth_pass|> 1111 }')],
    [
      'a block inside it',
      inService('real_server 10.0.0.21 80 { weight 1 <|TCP_CHECK|> { connect_timeout 3 } }'),
    ],
    [
      'all of an instance',
      inInstance('state BACKUP <|interface|> eth0 priority 100 virtual_ipaddress { 10.0.0.1 }'),
    ],
    ['behind a switch', inInstance('nopreempt <|priority|> 100')],
    ['behind a value that may be left out', inInstance('smtp_alert <|priority|> 100')],
    ['two addresses', inInstance('virtual_ipaddress { 10.0.0.1 <|10.0.0.2|> }')],
    ['two peers', inInstance('unicast_peer { 10.0.0.1 <|10.0.0.2|> }')],
  ])('%s: one fault', (_, marked) => expectFaults(marked, ['error several-keywords-on-one-line: ']));

  test('a value behind another is dropped; a block takes the rest of the file with it', () => {
    const fate = 'error several-keywords-on-one-line: ';
    expectFaults(inInstance('state BACKUP <|priority|> 100'), [
      `${fate}'priority' stands on the line of 'state', where keepalived drops it without a word`,
    ]);
    expectFaults(inServer('weight 1 <|TCP_CHECK|> {\n}'), [
      `${fate}'TCP_CHECK' stands on the line of 'weight', where keepalived drops it and loses its place at the brace`,
    ]);
  });

  test.each([
    inInstance('unicast_peer { 10.0.0.2 }'),
    'vrrp_sync_group G { group { A B } }',
    inService('real_server 10.0.0.21 80 { weight 1 }'),
    inService('real_server 10.0.0.21 80 { TCP_CHECK { connect_timeout 5 } }'),
    inInstance('priority 100 and so on'),
    inInstance('notify "/bin/x priority"'),
  ])('%j has none', (text) => expectFaults(text, []));
});

describe('the same setting twice', () => {
  test.each<[string, string]>([
    [
      inInstance('priority 100\n<|priority 150|>'),
      "warning repeated-keyword: 'priority' stands twice in this block; the last counts",
    ],
    [
      inInstance('priority 100\n<|priority 100|>'),
      "info repeated-keyword: 'priority' stands twice in this block",
    ],
    [
      inInstance('state MASTER\n<|state BACKUP|>'),
      "warning repeated-keyword: 'state' stands twice in this block; MASTER counts",
    ],
    [
      inInstance('notify "/a"\n<|notify "/b"|>'),
      "warning repeated-keyword: 'notify' stands twice in this block; the first counts",
    ],
    [
      inInstance('nopreempt\n<|preempt|>'),
      "warning repeated-keyword: 'preempt' and 'nopreempt' set the same thing; the last counts",
    ],
    [
      inService('lb_algo rr\n<|lvs_sched wrr|>'),
      "warning repeated-keyword: 'lvs_sched' and 'lb_algo' set the same thing",
    ],
    [
      'vrrp_instance A {\n}\nvrrp_instance <|A|> {\n}',
      'error repeated-keyword: a second vrrp_instance A: keepalived leaves this one out',
    ],
    ['vrrp_script A {\n}\nvrrp_script <|A|> {\n}', 'warning repeated-keyword: a second vrrp_script A'],
  ])('%j', (marked, message) => {
    expectFaults(marked, [message]);
    expect(check(readMarks(marked).text)[0]?.related).toHaveLength(1);
  });

  test.each([
    inInstance('priority 100') + inInstance('priority 100').replace('VI_1', 'VI_2'),
    inServer('TCP_CHECK {\n}\nTCP_CHECK {\n}'),
    inService('real_server 10.0.0.1 80 {\nweight 1\n}\nreal_server 10.0.0.2 80 {\nweight 1\n}'),
    'global_defs {\nrouter_id a\n}\nglobal_defs {\nrouter_id a\n}',
    inInstance('virtual_ipaddress { 10.0.0.1 }\nvirtual_ipaddress { 10.0.0.2 }'),
  ])('%j is no repetition', (text) => expectFaults(text, []));
});

describe('braces', () => {
  test.each<[string, string]>([
    [inInstance('<|nopreempt|> {\n}'), 'error unbalanced-braces: nopreempt takes no braces'],
    [
      'global_defs {\n<|notification_email|>\n}',
      "error unbalanced-braces: no '{' follows notification_email",
    ],
    [
      inInstance('track_interface {\neth1\n<|priority|> 100\n}'),
      "error unbalanced-braces: 'priority' stands between the braces of track_interface",
    ],
  ])('%j', (marked, message) => expectFaults(marked, [message]));
});
