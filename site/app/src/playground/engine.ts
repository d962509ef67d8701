/** The page's side of the worker: one command after the other, each with the files that changed before it. */

import type { Project } from "./project.ts";
import type { FromWorker, Job, Result } from "./protocol.ts";

export class Engine {
  series: string[] = [];
  #worker: Worker | undefined;
  #jobs = new Map<number, { resolve: (result: Result) => void; reject: (error: Error) => void }>();
  #last = 0;

  constructor(private readonly project: Project) {}

  /** Loads Python and ddlint; `tell` says how far that is. */
  start(tell: (text: string) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
      this.#worker.onerror = (event): void => {
        reject(new Error(event.message || "the worker did not start"));
      };
      this.#worker.onmessage = ({ data }: MessageEvent<FromWorker>): void => {
        switch (data.kind) {
          case "progress":
            tell(data.text);
            break;
          case "ready":
            this.series = data.series;
            resolve();
            break;
          case "failed":
            reject(new Error(data.text));
            break;
          case "result":
            this.#take(data.id)?.resolve(data.result);
            break;
          case "broken":
            this.#take(data.id)?.reject(new Error(data.text));
            break;
        }
      };
    });
  }

  /** Runs a command of ddlint on the files as they are now. */
  run(words: string[], isWriting = false): Promise<Result> {
    this.#last += 1;
    const job: Job = { id: this.#last, files: this.project.takeUnsent(), words, isWriting };
    return new Promise((resolve, reject) => {
      this.#jobs.set(job.id, { resolve, reject });
      this.#worker?.postMessage(job);
    });
  }

  #take(id: number): { resolve: (result: Result) => void; reject: (error: Error) => void } | undefined {
    const found = this.#jobs.get(id);
    this.#jobs.delete(id);
    return found;
  }
}
