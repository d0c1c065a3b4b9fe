/** What is used of the language's own module of this name, which the types of an older library do not know as a value. */
declare const WebAssembly: {
  Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  Module: new (code: Uint8Array) => object;
  Instance: new (module: object, imports: { env: { memory: object } }) => { readonly exports: object };
};

/** A kernel with a memory of its own. */
export interface Kernel<F> {
  run: F;
  memory: ArrayBuffer;
}

const page = 65_536;

/**
 * Starts a kernel: a module of WebAssembly, which is there in every Node from 20 on.
 * @param code its module as base64
 * @param size bytes of memory, all zero
 */
export function loadKernel<F extends object>(code: string, size: number): Kernel<F> {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(size / page) });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(code, "base64")), { env: { memory } });
  return { run: instance.exports as F, memory: memory.buffer };
}
