/** Works out what is asked of an object once, and remembers it as long as there is the object. */
export function remembered<K extends object, V>(workOut: (key: K) => V): (key: K) => V {
  const known = new WeakMap<K, V>();
  return (key) => {
    const value = known.get(key);
    if (value !== undefined || known.has(key)) return value as V;
    const found = workOut(key);
    known.set(key, found);
    return found;
  };
}
