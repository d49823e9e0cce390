import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decode } from '../../src/collect/decode.ts';
import { formatOfContent, formatOfName, isCopy, mayBeOurs } from '../../src/collect/format.ts';

test.each([
  ['/x/keepalived.conf', 'keepalived.conf'],
  ['/x/keepalived-master.conf', 'keepalived.conf'],
  ['/x/keepalived.conf.lb1', 'keepalived.conf'],
  ['/x/lb1-keepalived.conf', 'keepalived.conf'],
  ['/etc/sysctl.conf', 'sysctl'],
  ['/x/sysctl.d/90-lvs.conf', 'sysctl'],
  ['/x/sysctl-lb1.conf', 'sysctl'],
  ['/x/ipvsadm.rules', 'ipvsadm-save'],
  ['/etc/sysconfig/ipvsadm', 'ipvsadm-save'],
  ['/x/rs.sh', 'script'],
  ['/etc/init.d/lvs_real', 'script'],
  ['/x/check_keepalived.sh', 'script'],
  ['/etc/haproxy/haproxy.cfg', 'haproxy.cfg'],
  ['/x/px1-haproxy.cfg', 'haproxy.cfg'],
  ['/etc/nginx/nginx.conf', 'nginx.conf'],
])('the name of %s tells %s', (path, format) => {
  expect(formatOfName(path)).toBe(format);
});

test.each([
  '/x/lb1.conf',
  '/x/99-lvs.conf',
  '/x/audit.rules',
  '/etc/default/ipvsadm',
  '/x/keepalived.service',
  '/x/org.keepalived.Vrrp1.conf',
])('the name of %s tells nothing', (path) => {
  expect(formatOfName(path)).toBeUndefined();
});

test.each([
  ['global_defs {\n}\n', 'keepalived.conf'],
  ['! comment\n\n  vrrp_instance VI_1 {\n', 'keepalived.conf'],
  ['\ufeffvirtual_server 192.0.2.1 80 {\r\n', 'keepalived.conf'],
  ['@main vrrp_instance VI_1 {', 'keepalived.conf'],
  ['net.ipv4.ip_forward = 1\n', 'sysctl'],
  ['# first\n-net/ipv4/conf/all/arp_ignore=1', 'sysctl'],
  ['-A -t 192.0.2.1:80 -s rr\n', 'ipvsadm-save'],
  ['-A -f 1 -s rr\n', 'ipvsadm-save'],
  ['ipvsadm -A -t 192.0.2.1:80 -s rr\n', 'ipvsadm-save'],
  ['VIP=192.0.2.1\nipvsadm -A -t $VIP:80 -s rr\n', 'script'],
  ['#!/bin/bash\nvrrp_instance\n', 'script'],
  ['ip addr add 192.0.2.1/32 dev lo\n', 'script'],
  ['global\n  daemon\nfrontend web\n  mode http\n  bind *:80\n', 'haproxy.cfg'],
  ['server {\n  listen 80;\n}\n', 'nginx.conf'],
  ['apiVersion: v1\ndata:\n  config.conf: |-\n    kind: KubeProxyConfiguration\n', 'manifest'],
  ['services:\n  vip:\n    image: osixia/keepalived:2.0.20\n', 'manifest'],
  ['upstream app {\n    server 10.0.0.1:8080;\n}\n', 'nginx.conf'],
])('the content %j tells %s', (text, format) => {
  expect(formatOfContent(text)).toBe(format);
});

test.each([
  '*filter\n-A INPUT -p tcp --dport 80 -j ACCEPT\nCOMMIT\n',
  'server {\n}\n',
  'kind: Deployment\nspec:\n  image: nginx\n',
  'backend is down\nserver room\n',
  'virtual_server = "x"\n',
  'echo hello\n',
  '<busconfig>\n',
  '',
])('the content %j tells nothing', (text) => {
  expect(formatOfContent(text)).toBeUndefined();
});

test('old copies and other people’s files stay alone in a folder', () => {
  for (const name of ['keepalived.conf.bak', 'keepalived.conf~', '.keepalived.conf.swp', 'README.sysctl'])
    expect(isCopy(name), name).toBe(true);
  for (const name of ['notes.md', 'image.png', 'app.toml']) expect(mayBeOurs(name), name).toBe(false);
  for (const name of ['lb1.conf', 'lvs_real', 'table.rules']) expect(mayBeOurs(name), name).toBe(true);
});

test('decoding keeps what is wrong with a text, and refuses what is none', () => {
  expect(decode(Buffer.from('\ufeffa'))).toEqual({ text: '\ufeffa' });
  expect(decode(Buffer.from([0x61, 0xff, 0x62]))).toEqual({ text: 'a\ufffdb' });
  expect(decode(Buffer.from([0x61, 0, 0x62]))).toEqual({ why: 'it is not a text file' });
  expect(decode(Buffer.from('\ufeffa', 'utf16le'))).toMatchObject({ why: expect.stringContaining('UTF-16') });
});

const corpus = process.env['LVSDOCTOR_CORPUS'];
describe.skipIf(corpus === undefined)('real files', () => {
  const FOLDERS = {
    keepalived: 'keepalived.conf',
    ipvsadm: 'ipvsadm-save',
    sysctl: 'sysctl',
    scripts: 'script',
  };
  test.each(Object.entries(FOLDERS))('what is told of those in %s is mostly %s', (folder, format) => {
    const files = readdirSync(join(corpus ?? '', folder));
    const wrong = files.filter((file) => {
      const text = readFileSync(join(corpus ?? '', folder, file), 'utf8');
      const told = formatOfContent(text);
      return told !== format && told !== undefined;
    });
    const unknown = files.filter(
      (file) => formatOfContent(readFileSync(join(corpus ?? '', folder, file), 'utf8')) === undefined,
    );
    expect.soft(wrong.length / files.length, wrong.join(' ')).toBeLessThan(0.08);
    expect.soft(unknown.length / files.length, unknown.join(' ')).toBeLessThan(0.15);
  });
});
