// What JavaScript itself asks of any object: promises, printing, module loading.
const asked = new Set(['then', 'toJSON', 'constructor', 'inspect', 'nodeType', 'asymmetricMatch', '$$typeof'])

/** Makes a double fail loudly at whatever it does not have, where a plain object would answer undefined. */
export function strict<T extends object>(name: string, double: T): T {
  const proxy = new Proxy(double, {
    get(target, key) {
      if (!(key in target) && typeof key === 'string' && !asked.has(key)) {
        throw new Error(`stand-in has no electron.${name}.${key}`)
      }
      const value: unknown = Reflect.get(target, key)
      // Private fields live on the double, not on this proxy.
      return typeof value === 'function' && !isClass(value)
        ? (...args: unknown[]) => answer(Reflect.apply(value, target, args))
        : value
    },
  })
  return proxy

  /** Chained calls (`on(…).on(…)`) stay strict too. */
  function answer(result: unknown): unknown {
    return result === double ? proxy : result
  }
}

function isClass(value: object): boolean {
  return Function.prototype.toString.call(value).startsWith('class')
}
