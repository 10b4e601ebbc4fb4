/** Signatures and sizes of a ZIP archive (PKWARE APPNOTE.TXT 6.3), all numbers little-endian. */
export const LOCAL_HEADER = 0x04034b50;
export const LOCAL_HEADER_BYTES = 30;
export const CENTRAL_HEADER = 0x02014b50;
export const CENTRAL_HEADER_BYTES = 46;
export const END_RECORD = 0x06054b50;
export const END_RECORD_BYTES = 22;
export const END64_RECORD = 0x06064b50;
export const END64_RECORD_BYTES = 56;
export const END64_LOCATOR = 0x07064b50;
export const END64_LOCATOR_BYTES = 20;
/** Of an archive's comment, behind the end record. */
export const LONGEST_COMMENT = 0xffff;

/** Extra field with the 64-bit sizes of an entry. */
export const ZIP64_FIELD = 0x0001;
/** Stands in a 32-bit field whose value is in the 64-bit one. */
export const IN_ZIP64 = 0xffffffff;
export const IN_ZIP64_SHORT = 0xffff;
export const STORED = 0;
export const DEFLATED = 8;
/** Bit 11: names are UTF-8. */
export const UTF8_FLAG = 0x0800;
/** Bit 0. */
export const ENCRYPTED_FLAG = 0x0001;
