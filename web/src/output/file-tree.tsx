/** Many files of several folders as a tree. */

import { t } from "../i18n/words.ts";
import { showFile } from "../state/actions.ts";
import { file, groupName } from "../state/state.ts";
import type { FileEntry } from "../worker/protocol.ts";
import { ChangedDot } from "./changed-dot.tsx";
import { type Folder, folderTree } from "./folder-tree.ts";

export function FileTree({ files }: { readonly files: readonly FileEntry[] }) {
  const host = groupName.value;
  const tree = folderTree(host, files, ({ path }) => path.slice(host.length + 1));
  return (
    <nav class="file-tree" aria-label={t("files.label", { host })}>
      <Entries folder={tree} />
    </nav>
  );
}

function Entries({ folder: { folders, files } }: { readonly folder: Folder<FileEntry> }) {
  return (
    <ul>
      {folders.map((folder) => (
        <li key={folder.name}>
          <details open>
            <summary>
              {folder.name}/
              <ChangedDot isChanged={isChanged(folder)} />
            </summary>
            <Entries folder={folder} />
          </details>
        </li>
      ))}
      {files.map((entry) => (
        <li key={entry.path}>
          <button
            type="button"
            class="file-entry"
            aria-current={entry.path === file.value?.path}
            onClick={() => void showFile(entry.path)}
          >
            {entry.path.slice(entry.path.lastIndexOf("/") + 1)}
            <ChangedDot isChanged={entry.isChanged} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function isChanged({ folders, files }: Folder<FileEntry>): boolean {
  return files.some((entry) => entry.isChanged) || folders.some(isChanged);
}
