/** Names of the verbs that the pages ask for. */
export const dutyVerbs = {
  see: 'duty.log.see',
  write: 'duty.log.write',
  take: 'duty.post.take',
  close: 'duty.shift.close',
  review: 'duty.shift.review',
  fault: 'duty.fault.report',
  serious: 'duty.serious.manage',
  register: 'duty.register.read',
} as const;
