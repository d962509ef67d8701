import assert from "node:assert/strict";
import { test } from "node:test";
import { decode, encode, LARGEST } from "../../src/shared/share.ts";

const PROJECTS: [string, string][][] = [
  [],
  [["requirements.txt", "ddtrace==4.16.0\nflask==2.3.1\n"]],
  [
    ["a b/ü 🦆.txt", "\ufeff1\r\n2\r3\n"],
    ["<img src=x onerror=alert(1)>.txt", "</script><script>alert(1)</script>"],
    ["empty", ""],
  ],
  [["uv.lock", '[[package]]\nname = "ddtrace"\n'.repeat(5000)]],
];

test("a project comes out of its fragment as it went in", async () => {
  for (const files of PROJECTS) {
    const fragment = await encode({ files });
    assert.match(fragment, /^p=[A-Za-z0-9_-]+$/);
    assert.deepEqual(await decode(`#${fragment}`), { files });
  }
});

test("a fragment without a project", async () => {
  for (const fragment of ["", "#", "#q=flask", "#checks"]) {
    assert.equal(await decode(fragment), null);
  }
});

test("a fragment that is broken is refused", async () => {
  const whole = await encode({ files: [["a", "b".repeat(100)]] });
  const other = await packed('{"a": 1}');
  for (const fragment of ["p=", "p=%%%", "p=AAAA", whole.slice(0, -6), `p=${other}`, `p=${await packed("[[1, 2]]")}`]) {
    await assert.rejects(() => decode(fragment), fragment);
  }
});

test("a short fragment that unpacks to very much is refused", async () => {
  const bomb = await encode({ files: [["a", "0".repeat(LARGEST + 1)]] });
  assert(bomb.length < 10_000);
  await assert.rejects(() => decode(bomb), /more than/);
});

async function packed(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return Buffer.from(await new Response(stream).arrayBuffer()).toString("base64url");
}
