/** A keepalived.conf of 14.6 MB: 10,000 virtual servers with 10 real servers each, the shape of a large cluster's own. */
export function largeCluster() {
  const blocks = ['global_defs {\n\trouter_id lb1\n}\n'];
  for (let service = 0; service < 10_000; service++) {
    const vip = `10.${100 + (service >> 14)}.${(service >> 6) & 255}.${1 + (service & 63) * 2}`;
    blocks.push(
      `\nvirtual_server ${vip} 80 {\n\tdelay_loop 6\n\tlb_algo wlc\n\tlb_kind DR\n\tprotocol TCP\n`,
    );
    for (let server = 0; server < 10; server++) {
      const address = `10.20.${service & 255}.${server + 1 + (((service >> 8) * 10) % 240)}`;
      blocks.push(
        `\treal_server ${address} 80 {\n\t\tweight 1\n\t\tTCP_CHECK {\n\t\t\tconnect_timeout 3\n` +
          '\t\t\tretry 2\n\t\t\tdelay_before_retry 2\n\t\t\tconnect_port 80\n\t\t}\n\t}\n',
      );
    }
    blocks.push('}\n');
  }
  return blocks.join('');
}
