/** Two things the program prints so that it cannot read them; the tool prints what can be read. */
export function readable(text: string): string {
  return text
    .replace(/(?<=^-[Aa] -f )-\d+/gm, (mark) => String(Number(mark) + 2 ** 32))
    .replace(/ -b $/gm, '');
}

/** The program sorts services and servers, the tool keeps their order. */
export function sorted(text: string): string {
  const services = text.split(/^(?=-A )/m).map((service) => {
    const [first = '', ...servers] = service.trimEnd().split('\n');
    return [first, ...servers.sort()].join('\n');
  });
  return services.sort().join('\n');
}
