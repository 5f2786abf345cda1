// Sends a file and tells how far it is; fetch cannot say that. Ends as a Problem as every other call does.
import { Problem } from './api.js';
import { lost } from './connection.js';

function body(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return { detail: request.responseText.slice(0, 200) };
  }
}

// progress: called with 0 to 1; 1 means that all was sent and the answer is yet to come
export function upload(path, file, progress) {
  const request = new XMLHttpRequest();
  const done = new Promise((resolve, reject) => {
    request.upload.onprogress = ({ loaded, total }) => progress(total > 0 ? loaded / total : 0);
    request.upload.onload = () => progress(1);
    request.onload = () => {
      const answer = body(request);
      if (request.status < 300) resolve({ fresh: request.status === 201, item: answer });
      else reject(new Problem(request.status, answer));
    };
    request.onerror = () => {
      lost();
      reject(new Problem(0, { detail: 'The connection broke. The file may be too large for the service, or the service does not answer.' }));
    };
    request.onabort = () => reject(new Problem(0, { detail: 'The upload was stopped.' }));
  });
  request.open('POST', path);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.send(file);
  return { done, stop: () => request.abort() };
}
