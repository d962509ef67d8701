/** Puts a project into the fragment of an address, compressed, and takes it out again. No server sees a fragment. */

export interface Shared {
  /** Paths and texts, in the order of the tabs. */
  files: [string, string][];
}

const KEY = "p";
/** What a link may hold when it is decompressed: a short one could otherwise fill the memory. */
export const LARGEST = 2_000_000;

/** Returns the fragment that holds a project: `p=...`. */
export async function encode(shared: Shared): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(shared.files));
  const packed = await collect(
    streamOf(bytes).pipeThrough(new CompressionStream("deflate-raw")),
    Number.POSITIVE_INFINITY,
  );
  return `${KEY}=${toBase64(packed)}`;
}

/** Returns the project in a fragment; `null` where there is none, an error where it cannot be read. */
export async function decode(fragment: string): Promise<Shared | null> {
  const text = new URLSearchParams(fragment.replace(/^#/, "")).get(KEY);
  if (text === null) {
    return null;
  }
  const packed = fromBase64(text);
  const bytes = await collect(streamOf(packed).pipeThrough(new DecompressionStream("deflate-raw")), LARGEST);
  const found: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  if (!Array.isArray(found) || !found.every(isFile)) {
    throw new Error("it holds no project");
  }
  return { files: found };
}

function isFile(each: unknown): each is [string, string] {
  return Array.isArray(each) && each.length === 2 && each.every((part) => typeof part === "string");
}

function streamOf(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
}

async function collect(stream: ReadableStream<Uint8Array>, largest: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      break;
    }
    size += value.length;
    if (size > largest) {
      await reader.cancel();
      throw new Error(`it holds more than ${largest} bytes`);
    }
    chunks.push(value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function toBase64(bytes: Uint8Array): string {
  let text = "";
  for (let start = 0; start < bytes.length; start += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}
