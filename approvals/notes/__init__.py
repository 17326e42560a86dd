"""What officials keep beside a case for themselves: notes 备注, labels 标签 and fields of their office 内部字段."""
