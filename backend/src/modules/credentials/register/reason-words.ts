/** Why a line was written, in the words of the office: for the book in print and for the public page, which are Vietnamese. */
export const REASON_WORDS: Record<string, string> = {
  error: 'cấp sai', 'not-entitled': 'không đủ điều kiện', fraud: 'gian lận', request: 'theo đề nghị của người giữ', misspelt: 'sai chính tả', 'wrong-data': 'sai thông tin', 'name-changed': 'đổi tên', lost: 'mất giấy', damaged: 'giấy hỏng', misprinted: 'in sai', renewal: 'gia hạn',
};
