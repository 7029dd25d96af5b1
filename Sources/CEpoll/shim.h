// Swift's module of the system's C library leaves epoll out. There is none elsewhere than on Linux.
#ifdef __linux__
#include <sys/epoll.h>
#endif
